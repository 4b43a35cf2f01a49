import { Document, Page, StyleSheet, Text, View } from '@react-pdf/renderer'
import { PAPER_FONT } from '../paper/fonts'

interface Sum {
  readonly label: string
  readonly amount: string
}

export interface PrintedBill {
  readonly locale: string
  readonly title: string
  readonly month: string
  readonly holder: string
  readonly issued: string
  readonly total: Sum
  readonly headings: Readonly<Record<'date' | 'shop' | 'what' | 'status' | 'amount', string>>
  readonly lines: readonly {
    readonly id: string
    readonly name: string
    readonly subtotal: Sum
    readonly rows: readonly {
      readonly id: string
      readonly date: string
      readonly shop: string
      readonly what: string
      readonly status: string
      readonly amount: string
      readonly givenBack?: string
    }[]
  }[]
  readonly note: string
}

const INK = '#15201c'
const FAINT = '#63706b'
const LINE = '#e2e7e5'

const look = StyleSheet.create({
  page: { padding: 44, paddingBottom: 64, fontFamily: PAPER_FONT, fontSize: 9, color: INK },
  head: { flexDirection: 'row', justifyContent: 'space-between', alignItems: 'flex-end' },
  title: { fontSize: 18, fontWeight: 700 },
  faint: { color: FAINT },
  total: { marginTop: 18, paddingVertical: 12, borderTopWidth: 1, borderBottomWidth: 1, borderColor: INK },
  totalAmount: { fontSize: 20, fontWeight: 700, marginTop: 2 },
  line: { marginTop: 22 },
  name: { fontSize: 12, fontWeight: 700, marginBottom: 6 },
  row: { flexDirection: 'row', borderBottomWidth: 0.5, borderColor: LINE, paddingVertical: 5 },
  date: { width: 76 },
  shop: { width: 92, paddingRight: 6 },
  what: { flex: 1, paddingRight: 6 },
  status: { width: 64 },
  amount: { width: 84, textAlign: 'right' },
  subtotal: { flexDirection: 'row', justifyContent: 'space-between', paddingTop: 7, fontWeight: 700 },
  foot: {
    position: 'absolute',
    left: 44,
    right: 44,
    bottom: 30,
    flexDirection: 'row',
    justifyContent: 'space-between',
    color: FAINT,
    fontSize: 8,
  },
})

/** A month's phone bill on paper: every purchase under heads that each page repeats, each line's sum, and the whole. */
export function billDocument({ locale, title, month, holder, issued, total, headings, lines, note }: PrintedBill) {
  return (
    <Document title={`${title} ${month}`} author="Moa" language={locale}>
      <Page size="A4" style={look.page}>
        <View style={look.head}>
          <View>
            <Text style={look.title}>{title}</Text>
            <Text style={{ fontSize: 12, marginTop: 4 }}>{month}</Text>
          </View>
          <View style={{ alignItems: 'flex-end' }}>
            <Text>{holder}</Text>
            <Text style={look.faint}>{issued}</Text>
          </View>
        </View>
        <View style={look.total}>
          <Text style={look.faint}>{total.label}</Text>
          <Text style={look.totalAmount}>{total.amount}</Text>
        </View>
        {lines.map((line) => (
          <View key={line.id} style={look.line}>
            <Text style={look.name} minPresenceAhead={40}>
              {line.name}
            </Text>
            <View style={[look.row, look.faint]} fixed>
              <Text style={look.date}>{headings.date}</Text>
              <Text style={look.shop}>{headings.shop}</Text>
              <Text style={look.what}>{headings.what}</Text>
              <Text style={look.status}>{headings.status}</Text>
              <Text style={look.amount}>{headings.amount}</Text>
            </View>
            {line.rows.map((row) => (
              <View key={row.id} style={look.row} wrap={false}>
                <Text style={look.date}>{row.date}</Text>
                <Text style={look.shop}>{row.shop}</Text>
                <Text style={look.what}>{row.what}</Text>
                <Text style={look.status}>{row.status}</Text>
                <View style={look.amount}>
                  <Text>{row.amount}</Text>
                  {row.givenBack ? <Text style={look.faint}>{row.givenBack}</Text> : null}
                </View>
              </View>
            ))}
            <View style={look.subtotal}>
              <Text>{line.subtotal.label}</Text>
              <Text>{line.subtotal.amount}</Text>
            </View>
          </View>
        ))}
        <View style={look.foot} fixed>
          <Text>{note}</Text>
          <Text render={({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`} />
        </View>
      </Page>
    </Document>
  )
}

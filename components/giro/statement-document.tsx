import { Document, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer'
import type { Paper } from '@/lib/giro/paper'
import { PAPER_FONT } from '../paper/fonts'

const INK = '#15201c'
const FAINT = '#63706b'
const LINE = '#e2e7e5'

const look = StyleSheet.create({
  page: { padding: 52, fontFamily: PAPER_FONT, fontSize: 11, color: INK, lineHeight: 1.5 },
  head: { flexDirection: 'row', justifyContent: 'space-between', alignItems: 'flex-start' },
  shop: { fontSize: 13, fontWeight: 700 },
  faint: { color: FAINT },
  title: { fontSize: 22, fontWeight: 700, marginTop: 40, lineHeight: 1.3 },
  lead: { marginTop: 10 },
  owed: { marginTop: 24, paddingVertical: 14, borderTopWidth: 1, borderBottomWidth: 1, borderColor: INK },
  amount: { fontSize: 26, fontWeight: 700, lineHeight: 1.3 },
  row: { flexDirection: 'row', borderBottomWidth: 0.5, borderColor: LINE, paddingVertical: 7 },
  label: { width: 130, color: FAINT },
  value: { flex: 1, fontWeight: 700 },
  box: { marginTop: 26, padding: 16, backgroundColor: '#f3f7f5', borderRadius: 6 },
})

/** A statement or a demand on paper: what is owed for what, until when, and where it is paid with which reference. */
function statementDocument({ locale, title, subtitle, shop, payer, issued, lead, owed, rows, payTo, hint }: Paper) {
  return (
    <Document title={`${title} ${shop}`} author={shop} language={locale}>
      <Page size="A4" style={look.page}>
        <View style={look.head}>
          <Text style={look.shop}>{shop}</Text>
          <View style={{ alignItems: 'flex-end' }}>
            <Text>{payer}</Text>
            <Text style={look.faint}>{issued}</Text>
          </View>
        </View>
        <Text style={look.title}>{title}</Text>
        {subtitle ? <Text style={look.faint}>{subtitle}</Text> : null}
        <Text style={look.lead}>{lead}</Text>
        <View style={look.owed}>
          <Text style={look.faint}>{owed.label}</Text>
          <Text style={look.amount}>{owed.amount}</Text>
        </View>
        {rows.map(([label, value]) => (
          <View key={label} style={look.row}>
            <Text style={look.label}>{label}</Text>
            <Text style={look.value}>{value}</Text>
          </View>
        ))}
        {payTo.length > 0 ? (
          <View style={look.box}>
            {payTo.map(([label, value]) => (
              <View key={label} style={{ flexDirection: 'row', paddingVertical: 4 }}>
                <Text style={look.label}>{label}</Text>
                <Text style={look.value}>{value}</Text>
              </View>
            ))}
            <Text style={[look.faint, { marginTop: 8, fontSize: 9.5 }]}>{hint}</Text>
          </View>
        ) : null}
      </Page>
    </Document>
  )
}

/** The letter as PDF. */
export function printStatement(paper: Paper): Promise<Buffer> {
  return renderToBuffer(statementDocument(paper))
}

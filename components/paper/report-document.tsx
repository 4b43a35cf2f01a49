import { Document, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer'
import { PAPER_FONT } from './fonts'

/** A column: its share of the width, and whether figures stand in it. */
export interface PaperColumn {
  readonly name: string
  readonly share: number
  readonly isFigure?: boolean
}

export interface PaperTable {
  readonly title: string
  /** What the figures mean, where it does not go without saying. */
  readonly note?: string
  readonly columns: readonly PaperColumn[]
  readonly rows: readonly (readonly string[])[]
  /** The last row, in bold. */
  readonly total?: readonly string[]
}

/** A report on paper: whose it is, what it comes to, its facts and tables, in the reader's words. */
export interface PaperReport {
  readonly locale: 'ko' | 'en'
  readonly title: string
  readonly subtitle: string
  readonly shop: string
  readonly issued: string
  readonly main: { readonly label: string; readonly amount: string }
  readonly facts: readonly (readonly [label: string, value: string])[]
  readonly tables: readonly PaperTable[]
  readonly note: string
}

const INK = '#15201c'
const FAINT = '#63706b'
const LINE = '#e2e7e5'
const SIDE = 40

const look = StyleSheet.create({
  page: { paddingTop: 62, paddingBottom: 58, paddingHorizontal: SIDE, fontFamily: PAPER_FONT, fontSize: 9, color: INK },
  top: {
    position: 'absolute',
    ...{ top: 26, left: SIDE, right: SIDE, paddingBottom: 6, borderBottomWidth: 0.5, borderColor: LINE },
    ...{ flexDirection: 'row', justifyContent: 'space-between', color: FAINT, fontSize: 8 },
  },
  foot: {
    position: 'absolute',
    ...{ bottom: 26, left: SIDE, right: SIDE, flexDirection: 'row', justifyContent: 'space-between' },
    ...{ color: FAINT, fontSize: 8 },
  },
  title: { fontSize: 18, fontWeight: 700 },
  faint: { color: FAINT },
  main: { marginTop: 14, paddingVertical: 11, borderTopWidth: 1, borderBottomWidth: 1, borderColor: INK },
  amount: { fontSize: 20, fontWeight: 700, marginTop: 2 },
  facts: { marginTop: 12, flexDirection: 'row', flexWrap: 'wrap' },
  fact: { width: '50%', flexDirection: 'row', paddingVertical: 3, paddingRight: 16 },
  factName: { width: 92, color: FAINT },
  factValue: { flex: 1, fontWeight: 700 },
  tableTitle: { marginTop: 20, fontSize: 12, fontWeight: 700 },
  row: { flexDirection: 'row', borderBottomWidth: 0.5, borderColor: LINE, paddingVertical: 4.5 },
  head: { backgroundColor: '#f3f7f5', color: FAINT },
  cell: { paddingHorizontal: 4 },
})

/** An amount is never broken. */
const asItStands = (figure: string) => [figure]
/** More columns than stand on a page upright. */
const MANY = 6

/** A table whose head stands again at the top of every page that it goes on to. */
function table({ title, note, columns, rows, total }: PaperTable) {
  const whole = columns.reduce((sum, { share }) => sum + share, 0)
  const cells = (texts: readonly string[]) =>
    columns.map(({ name, share, isFigure }, index) => (
      <Text
        key={name}
        style={[look.cell, { width: `${(share / whole) * 100}%`, textAlign: isFigure ? 'right' : 'left' }]}
        {...(isFigure && { hyphenationCallback: asItStands })}
      >
        {texts[index] ?? ''}
      </Text>
    ))
  return (
    <View key={title}>
      <Text style={look.tableTitle} minPresenceAhead={60}>
        {title}
      </Text>
      {note ? <Text style={[look.faint, { marginTop: 3 }]}>{note}</Text> : null}
      <View style={{ marginTop: 6 }}>
        <View style={[look.row, look.head]} fixed>
          {cells(columns.map(({ name }) => name))}
        </View>
        {rows.map((row, index) => (
          <View key={index} style={look.row} wrap={false}>
            {cells(row)}
          </View>
        ))}
        {total ? (
          <View style={[look.row, { fontWeight: 700, borderColor: INK }]} wrap={false}>
            {cells(total)}
          </View>
        ) : null}
      </View>
    </View>
  )
}

function reportDocument({ locale, title, subtitle, shop, issued, main, facts, tables, note }: PaperReport) {
  return (
    <Document title={`${title} ${subtitle}`} author={shop} language={locale}>
      <Page
        size="A4"
        orientation={tables.some(({ columns }) => columns.length > MANY) ? 'landscape' : 'portrait'}
        style={look.page}
      >
        <View style={look.top} fixed>
          <Text>
            {shop} · {title} · {subtitle}
          </Text>
          <Text>{issued}</Text>
        </View>
        <Text style={look.title}>{title}</Text>
        <Text style={{ fontSize: 11, marginTop: 4 }}>
          {shop} · {subtitle}
        </Text>
        <View style={look.main}>
          <Text style={look.faint}>{main.label}</Text>
          <Text style={look.amount}>{main.amount}</Text>
        </View>
        <View style={look.facts}>
          {facts.map(([label, value]) => (
            <View key={label} style={look.fact}>
              <Text style={look.factName}>{label}</Text>
              <Text style={look.factValue}>{value}</Text>
            </View>
          ))}
        </View>
        {tables.map(table)}
        <View style={look.foot} fixed>
          <Text>{note}</Text>
          <Text render={({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`} />
        </View>
      </Page>
    </Document>
  )
}

/** The report as PDF: its head and the heads of its tables stand on every page. */
export function printReport(report: PaperReport): Promise<Buffer> {
  return renderToBuffer(reportDocument(report))
}

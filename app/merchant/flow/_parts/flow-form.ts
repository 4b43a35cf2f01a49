import { readTypedAmount } from '@/components/ui/typed-amount'
import { flowDocument, type FlowDocument, silentTopics, staffOccasions } from '@/lib/flows/flow-document'
import type { Currency } from '@/lib/money/currency'

/** How many of each the form has room for; a document from the API may hold more, and keeps them unless it is edited here. */
export const ROOM = { approvals: 4, staff: 3 } as const
export const HOOK_POINTS = ['before-authorize', 'before-capture'] as const

export type ReadFlow =
  | {
      kind: 'read'
      document: FlowDocument
      /** Where in the form a place of the document was typed. */
      placeOf(at: string): string
    }
  /** Names of the fields whose values are none. */
  | { kind: 'refused'; at: string[] }

/** A flow as the form was filled in. Rows that were left empty are none. */
export function readFlowForm(form: FormData, currencies: readonly Currency[]): ReadFlow {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const wrong: string[] = []
  const rows = (count: number) => [...Array(count).keys()]

  const approvalRows = rows(ROOM.approvals).filter((row) => text(`approval-${row}-above`) !== '')
  const approvals = approvalRows.map((row) => {
    const currency = currencies.find((one) => one === text(`approval-${row}-currency`))
    const above = currency && readTypedAmount(text(`approval-${row}-above`), currency)
    if (above === undefined) wrong.push(`approval-${row}`)
    return { currency, above: String(above), people: Number(text(`approval-${row}-people`)) }
  })
  const staffRows = rows(ROOM.staff).filter((row) => text(`staff-${row}-to`) !== '')
  const staff = staffRows.map((row) => ({
    to: text(`staff-${row}-to`),
    locale: text(`staff-${row}-locale`),
    on: staffOccasions.filter((occasion) => form.getAll(`staff-${row}-on`).includes(occasion)),
  }))
  const hookPoints = HOOK_POINTS.filter((point) => text(`hook-${point}-url`) !== '')
  const hooks = hookPoints.map((point) => ({
    point,
    url: text(`hook-${point}-url`),
    timeLimitMs: Number(text(`hook-${point}-limit`)),
    noAnswer: text(`hook-${point}-silence`),
  }))

  const placeOf = (at: string): string => {
    const [member, index, ...rest] = at.split('.')
    if (member === 'approvals') return `approval-${approvalRows[Number(index)]}`
    if (member === 'hooks') return `hook-${hookPoints[Number(index)]}`
    if (member === 'notify') return index === 'staff' ? `staff-${staffRows[Number(rest[0])]}` : 'notify'
    return member ?? ''
  }
  const heard = form.getAll('webhook')
  const parsed = flowDocument.safeParse({
    confirm: text('confirm'),
    capture: captureOf(text),
    approvals,
    notify: {
      receipts: form.get('receipts') === 'on',
      staff,
      silent: silentTopics.filter((one) => !heard.includes(one)),
    },
    hooks,
  })
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path }) => placeOf(path.join('.')))
    return { kind: 'refused', at: [...new Set([...wrong, ...places])] }
  }
  return wrong.length > 0 ? { kind: 'refused', at: wrong } : { kind: 'read', document: parsed.data, placeOf }
}

function captureOf(text: (name: string) => string) {
  const when = text('capture')
  if (when === 'batch') return { when, at: text('capture-at') }
  if (when === 'after') return { when, hours: Number(text('capture-hours')) }
  return { when }
}

import type { Locale } from '../payments/payment'
import { showCreditorReference } from './creditor-reference'
import type { GiroBank } from './giro-bill'
import { giroTexts } from './giro-texts'

/** A letter to a payer: what is written on it, in the payer's language, ready to be put on paper. */
export interface Paper {
  readonly locale: Locale
  readonly title: string
  /** Of a demand: the how-manieth. */
  readonly subtitle?: string
  readonly shop: string
  readonly payer: string
  readonly issued: string
  readonly lead: string
  readonly owed: { readonly label: string; readonly amount: string }
  readonly rows: readonly (readonly [label: string, value: string])[]
  /** Where to pay it and with which reference; empty when nothing is owed any more. */
  readonly payTo: readonly (readonly [label: string, value: string])[]
  readonly hint: string
}

export type PrintPaper = (paper: Paper) => Promise<Buffer>

interface Figures {
  readonly locale: Locale
  readonly shop: string
  readonly payerName: string
  readonly orderName: string
  readonly reference: string
  readonly bank: Pick<GiroBank, 'name' | 'account' | 'holder'> | undefined
  readonly amount: bigint
  readonly received: bigint
  readonly dueAt: Date
  /** When it is written. */
  readonly at: Date
  readonly demand?: number | undefined
  /** False once nothing is to be paid any more. */
  readonly isOpen: boolean
}

interface Shown {
  money(amount: bigint): string
  day(at: Date): string
}

/** The statement of a bill, or a demand for what is still owed on it. */
export function giroPaper(figures: Figures, show: Shown): Paper {
  const { locale, shop, payerName, orderName, reference, bank, amount, received, dueAt, at, demand, isOpen } = figures
  const { title, lead, labels, hint, demandNumber } = giroTexts[locale]
  const owed = isOpen ? amount - received : 0n
  const isDemand = demand !== undefined
  return {
    ...{ locale, shop, payer: payerName, hint, title: isDemand ? title.demand : title.statement },
    ...(isDemand ? { subtitle: demandNumber(demand) } : {}),
    issued: show.day(at),
    lead: owed === 0n ? lead.paid : isDemand ? lead.overdue : lead.statement,
    owed: { label: labels.owed, amount: show.money(owed) },
    rows: [
      [labels.order, orderName],
      [labels.amount, show.money(amount)],
      ...(received > 0n ? [[labels.received, show.money(received)] as const] : []),
      [labels.due, show.day(dueAt)],
    ],
    payTo:
      owed === 0n
        ? []
        : [
            ...(bank
              ? ([
                  [labels.bank, bank.name[locale]],
                  [labels.account, bank.account],
                  [labels.holder, bank.holder],
                ] as const)
              : []),
            [labels.reference, showCreditorReference(reference)],
          ],
  }
}

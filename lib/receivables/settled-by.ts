import type { PaysAs } from '../link-settings'
import type { Currency } from '../money/currency'
import { minorUnitsIn } from '../iso20022/amount'
import type { Debtor } from './debtor'

/** What a bank tells of a movement on our account, as far as it says whose it is. */
export interface ToldMovement {
  readonly partyName: string
  readonly partyAccount: string
}

/**
 * Whose payment to us a movement is, or whose taking back. All that a debtor's setting names has to be so; where two would fit,
 * it is neither's.
 */
export function settledBy(told: ToldMovement, debtors: readonly Debtor[]): Debtor | undefined {
  const [found, another] = debtors.filter(({ paysAs }) => paysAs && fits(told, paysAs))
  return another ? undefined : found
}

function fits({ partyName, partyAccount }: ToldMovement, { account, name }: PaysAs): boolean {
  return (
    (account === undefined || bare(partyAccount) === bare(account)) &&
    (name === undefined || spoken(partyName) === spoken(name))
  )
}

const bare = (text: string) => text.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase()
const spoken = (text: string) => text.normalize('NFC').replaceAll(/\s/g, '').toLowerCase()

const SUMS = /\bGROSS[ :=]*([0-9]+(?:\.[0-9]+)?)\b.*\bFEE[ :=]*([0-9]+(?:\.[0-9]+)?)\b/i

/**
 * What a debtor has kept of what they owed, where their words say so: GROSS and FEE, which have to come to what was paid. Otherwise
 * nothing: then what is short stays owed.
 */
export function feeIn(
  words: readonly string[],
  { amount, currency }: { readonly amount: bigint; readonly currency: Currency },
): bigint {
  for (const each of words) {
    const [, gross, fee] = SUMS.exec(each) ?? []
    if (gross === undefined || fee === undefined) continue
    const [whole, kept] = [minorUnitsIn(gross, currency), minorUnitsIn(fee, currency)]
    if (whole !== undefined && kept !== undefined && whole - kept === amount) return kept
  }
  return 0n
}

/**
 * What others owe the gateway and pay to its account: an issuer the net of each cut-over less its fee, a billing centre what a month
 * has brought, a bank what shoppers have transferred to the gateway's account there.
 */
import type { Bank } from '../bank/bank'
import type { CentreProfile } from '../billing-centre/catalogue'
import type { IssuerProfile } from '../issuers/catalogue'
import type { Settlement } from '../issuers/issuer'
import type { FileBank } from './file-bank'

/** An issuer keeps one and a half per cent of what it pays. */
const ISSUER_FEE_BPS = 150n

/** The bank that keeps the gateway's account in a currency; money of others is not paid in this world. */
const bankOf = (banks: readonly FileBank[], currency: string) =>
  banks.find(({ profile }) => profile.currency === currency)

export function payByIssuer(
  banks: readonly FileBank[],
  issuer: IssuerProfile,
  { net, currencyNumber }: Settlement,
): void {
  if (currencyNumber !== issuer.currencyNumber) return
  const fee = net > 0n ? (net * ISSUER_FEE_BPS) / 10_000n : 0n
  bankOf(banks, issuer.currency)?.move({
    ...{ amount: net - fee, name: issuer.name.ko, account: issuer.account },
    words: net > 0n ? `GROSS ${net} FEE ${fee}` : 'SETTLEMENT',
  })
}

export function payByCentre(banks: readonly FileBank[], { name, account }: CentreProfile, amount: bigint): void {
  if (amount > 0n) bankOf(banks, 'KRW')?.move({ amount, name: name.ko, account, words: 'COLLECTED' })
}

/** At the end of its day each bank passes on what has come to the gateway's account there since the last time. */
export function passOnTransfers(to: FileBank, banks: readonly Bank[]): void {
  for (const { profile, ledger } of banks) {
    const passedOn = to.moves
      .filter(({ account }) => account === profile.passesOnFrom)
      .reduce((sum, { amount }) => sum + amount, 0n)
    const amount = (ledger.collected.get(to.profile.currency) ?? 0n) - passedOn
    if (amount !== 0n) to.move({ amount, name: profile.name.ko, account: profile.passesOnFrom, words: 'TRANSFERS' })
  }
}

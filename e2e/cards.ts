import { randomInt } from 'node:crypto'
import type { OutsideWorldClient } from '../simulators/client'
import { ISSUERS } from '../simulators/issuers/catalogue'
import type { IssuerCode } from '../simulators/issuers/catalogue'
import type { CardStanding } from '../simulators/issuers/demo-cards'
import { withCheckDigit } from '../simulators/issuers/luhn'

/** A card that its issuer has given out for one journey only, so that journeys side by side keep out of each other's books. */
export interface TestCard {
  readonly issuer: IssuerCode
  readonly number: string
  /** As people type it. */
  readonly expiry: string
  readonly securityCode: string
  readonly nickname: string
}

interface Wanted {
  readonly issuer: IssuerCode
  readonly nickname: string
  /** Won, or whatever the issuer's minor unit is. */
  readonly limit: bigint
  readonly standing?: CardStanding
}

export async function giveOutCard(
  outsideWorld: OutsideWorldClient,
  { issuer, nickname, limit, standing = 'normal' }: Wanted,
): Promise<TestCard> {
  const bin = ISSUERS.find(({ code }) => code === issuer)?.bins[0] ?? ''
  const number = withCheckDigit(`${bin}${String(randomInt(1e9)).padStart(9, '0')}`)
  await outsideWorld.changeCard(issuer, {
    number,
    standing,
    limit: String(limit),
    owed: '0',
    expiry: '3112',
    securityCode: '123',
  })
  return { issuer, number, expiry: '12/31', securityCode: '123', nickname }
}

export interface Booked {
  /** Every charge of the card, in its issuer's own book. */
  readonly charges: readonly bigint[]
  readonly refunds: readonly bigint[]
  /** Set aside and neither charged nor let go. */
  readonly held: bigint
  readonly owed: bigint
}

/** What the card's issuer has written down about it: the other side's word, not ours. */
export async function booked(outsideWorld: OutsideWorldClient, { issuer, number }: TestCard): Promise<Booked> {
  const { cards, charges, refunds } = await outsideWorld.book(issuer, { card: number })
  return {
    charges: charges.map(({ amount }) => BigInt(amount)),
    refunds: refunds.map(({ amount }) => BigInt(amount)),
    held: BigInt(cards[0]?.held ?? '0'),
    owed: BigInt(cards[0]?.owed ?? '0'),
  }
}

export const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)

import { krw } from '../../lib/money/money'
import type { IssuerCode } from '../../simulators/issuers/catalogue'
import { ISSUERS } from '../../simulators/issuers/catalogue'
import { withCheckDigit } from '../../simulators/issuers/luhn'
import type { House, Shop } from './house'

/** The issuers of the three legs, in the order of the legs. */
export const LEG_ISSUERS = ['hanbit', 'saero', 'narae'] as const satisfies readonly IssuerCode[]

/** As good as no limit: what stands in the way of a test is never the room on a card. */
const LIMIT = '900000000000'
const EXPIRY = '3112'

export interface Wallet {
  readonly shopperId: string
  /** One of each issuer of the three legs, in their order. */
  readonly cards: readonly { readonly id: string; readonly number: string; readonly issuer: IssuerCode }[]
}

let given = 0

/** A new card of an issuer. */
export async function aCard({ outside }: House, issuer: IssuerCode): Promise<{ number: string; expiry: string }> {
  const bin = ISSUERS.find(({ code }) => code === issuer)?.bins[0] ?? ''
  const number = withCheckDigit(`${bin}88${String(++given).padStart(7, '0')}`)
  await outside.changeCard(issuer, { number, expiry: EXPIRY, limit: LIMIT })
  return { number, expiry: EXPIRY }
}

/** A new shopper with a new card of each of the three issuers. */
export async function aWallet(house: House): Promise<Wallet> {
  const { people, cards } = house.gateway
  const registered = await people.register({
    email: `kill-${++given}@example.com`,
    name: '한지우',
    password: 'correct horse battery',
    locale: 'ko',
  })
  if (registered.kind !== 'registered') throw new Error(`the shopper was not registered: ${registered.kind}`)
  const shopperId = registered.person.id
  const owned = []
  for (const issuer of LEG_ISSUERS) {
    const { number, expiry } = await aCard(house, issuer)
    const added = await cards.add(shopperId, { number, expiry, holderName: 'NEW HOLDER', nickname: issuer })
    if (added.kind !== 'added') throw new Error(`a card was not added: ${added.reason}`)
    owned.push({ id: added.card.id, number, issuer })
  }
  return { shopperId, cards: owned }
}

/** A V-Card of the same share on each card of a wallet, to be typed into a card field of the shop. */
export async function aVCard(
  { gateway }: House,
  { wallet, shop, share, mayRetry }: { wallet: Wallet; shop: Shop; share: bigint; mayRetry: boolean },
): Promise<{ number: string; expiry: string }> {
  const made = await gateway.vcards.create(wallet.shopperId, {
    merchantId: shop.merchant.id,
    amount: krw(share * BigInt(wallet.cards.length)),
    shares: wallet.cards.map(({ id }) => ({ cardId: id, amount: share })),
    mayRetry,
  })
  if (made.kind !== 'created') throw new Error(`a V-Card was not made: ${made.reason}`)
  return { number: made.number, expiry: EXPIRY }
}

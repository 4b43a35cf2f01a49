import { VCARD_PREFIX, masked } from '../cards/card-number'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { Money } from '../money/money'
import { money } from '../money/money'
import type { VCardRow } from './store'
import { currencyOf, findCardNames, findShopNames } from './store'
import { findUses, type VCardUse } from './vcard-use'

type InTwoLanguages = { readonly ko: string; readonly en: string }

/** live: not used yet. spent: accepted for a payment, whatever became of it. */
export type VCardState = 'live' | 'spent' | 'cancelled' | 'expired'

export interface VCardShareView {
  readonly cardId: Uuid
  readonly amount: bigint
  readonly nickname: string
  readonly issuer: string
  readonly issuerName: InTwoLanguages
  readonly masked: string
  readonly lastFour: string
}

/** A V-Card as its shopper sees it (M-277, M-329); the number is masked. */
export interface VCardView {
  readonly id: Uuid
  readonly masked: string
  readonly lastFour: string
  readonly merchantId: Uuid
  readonly shopName: InTwoLanguages
  readonly amount: Money
  readonly state: VCardState
  /** What became of it, where it was spent. */
  readonly use?: VCardUse
  readonly mayRetry: boolean
  readonly shares: readonly VCardShareView[]
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly closedAt?: Date
  /** The payment for which it was spent. */
  readonly paymentId?: Uuid
  /** The grant with which the shop's agent made it. */
  readonly grantId?: Uuid
}

export interface ViewParts {
  readonly database: Database
  readonly clock: Clock
  readonly catalogue: readonly { readonly code: string; readonly name: InTwoLanguages }[]
}

/** Makes views of V-Cards, with the names of shops, issuers and cards. */
export function createViews({ database, clock, catalogue }: ViewParts) {
  const { prisma } = database
  const issuerNames = new Map(catalogue.map(({ code, name }) => [code, name]))

  return async (shopperId: Uuid, rows: readonly VCardRow[]): Promise<VCardView[]> => {
    const [cards, shops, uses] = await Promise.all([
      findCardNames(prisma, shopperId, [...new Set(rows.flatMap(({ shares }) => shares.map(({ cardId }) => cardId)))]),
      findShopNames(prisma, [...new Set(rows.map(({ merchantId }) => merchantId))]),
      findUses(prisma, rows),
    ])
    const now = clock.now()

    const shareView = ({ cardId, amount }: VCardRow['shares'][number]): VCardShareView => {
      const card = cards.find(({ id }) => id === cardId)
      const issuer = card?.issuer ?? ''
      return {
        ...{ cardId, amount, issuer, nickname: card?.nickname ?? '', lastFour: card?.lastFour ?? '' },
        issuerName: issuerNames.get(issuer) ?? { ko: issuer, en: issuer },
        masked: card ? masked(card) : '',
      }
    }

    return rows.map((row) => {
      const { id, lastFour, merchantId, mayRetry, createdAt, expiresAt, closedAt, paymentId, grantId } = row
      const shop = shops.find((each) => each.id === merchantId)
      const use = uses.get(id)
      return {
        ...{ id, lastFour, merchantId, mayRetry, createdAt, expiresAt },
        masked: masked({ bin: VCARD_PREFIX, lastFour }),
        shopName: { ko: shop?.name ?? '', en: shop?.nameEn ?? '' },
        amount: money(row.amount, currencyOf(row)),
        state: stateOf(row, now),
        ...(use && { use }),
        shares: row.shares.map(shareView),
        ...(closedAt && { closedAt }),
        ...(paymentId !== null && { paymentId }),
        ...(grantId !== null && { grantId }),
      }
    })
  }
}

/** A live V-Card past its expiry has expired, whether or not the job has written so. */
function stateOf({ state, expiresAt }: VCardRow, at: Date): VCardState {
  switch (state) {
    case 'live':
      return expiresAt > at ? 'live' : 'expired'
    case 'spent':
    case 'cancelled':
      return state
    default:
      return 'expired'
  }
}

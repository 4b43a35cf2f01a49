import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { Hold } from '../modules/payment-module'
import { type PhoneShop, phoneShops } from './shop-store'

/** When a shop has the money for what was put on phone bills. */
export type PayoutContract =
  /** Once the bill is paid. */
  | { readonly payout: 'collection' }
  /** At once, but for a part in ten-thousandths that is kept back until the bill is paid. */
  | { readonly payout: 'advance'; readonly reserveBps: number }

export interface PayoutContracts {
  of(merchantId: Uuid): Promise<PayoutContract>
  /** Holds for purchases that begin afterwards. @throws RangeError for a reserve outside 0 to 10000 */
  agree(merchantId: Uuid, contract: PayoutContract): Promise<void>
  /** Shops that take the phone bill, by name, after one of them. */
  shops(wanted: { text?: string; after?: Uuid; limit: number }): Promise<PhoneShop[]>
}

export function createPayoutContracts({ pool, prisma }: Database): PayoutContracts {
  return {
    // Asked for each purchase: through a prepared statement, which costs a tenth of Prisma's way.
    async of(merchantId) {
      const { rows } = await pool.query<{ payout: string; reserveBps: number }>({
        name: 'phone_payout',
        text: 'select phone_payout as payout, phone_reserve_bps as "reserveBps" from merchant where id = $1',
        values: [merchantId],
      })
      const [agreed] = rows
      return agreed?.payout === 'advance'
        ? { payout: 'advance', reserveBps: agreed.reserveBps }
        : { payout: 'collection' }
    },
    async agree(merchantId, contract) {
      const phoneReserveBps = contract.payout === 'advance' ? contract.reserveBps : 0
      if (!Number.isInteger(phoneReserveBps) || phoneReserveBps < 0 || phoneReserveBps > 10_000) {
        throw new RangeError(`a reserve is a whole number of ten-thousandths, not ${phoneReserveBps}`)
      }
      await prisma.merchant.update({
        where: { id: merchantId },
        data: { phonePayout: contract.payout, phoneReserveBps },
      })
    },
    shops: (wanted) => phoneShops(pool, wanted),
  }
}

/** The contract as a leg carries it to the books: what was agreed when it was authorized holds to its end. */
export function payoutHold(contract: PayoutContract): Hold {
  return contract.payout === 'advance'
    ? { payout: 'advance', reserveBps: String(contract.reserveBps) }
    : { payout: 'collection' }
}

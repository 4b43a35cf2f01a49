import type pg from 'pg'
import type { Vault } from '../cards/vault'
import { answerPayout, claimFile, findOrdered, payoutsOf } from './file-store'
import type { OrderKind } from './orders'

/** Payouts to merchants, as orders to the bank: in each currency the first bank pays them. */
export function payoutOrders({ pool, vault }: { pool: pg.Pool; vault: Pick<Vault, 'open'> }): OrderKind {
  return {
    code: 'payouts',
    prefix: 'MOAPO-',
    payers: (banks) => banks.filter((bank, at) => banks.findIndex(({ currency }) => currency === bank.currency) === at),
    claim: (file) => claimFile(pool, file),
    async transfers({ id: fileId }, after, limit) {
      const page = await payoutsOf(pool, fileId, after, limit)
      return page.map(({ merchantId, id, accountId, amount, bank, holder, day, ...sealed }) => ({
        ...{ merchantId, id, amount, holder, agent: { memberId: bank }, text: `Moa ${day}` },
        number: vault.open({ kind: 'payout-account', ownerId: merchantId, id: accountId }, sealed),
      }))
    },
    places: (fileId, after, limit) => payoutsOf(pool, fileId, after, limit),
    find: (fileId, id) => findOrdered(pool, fileId, id),
    answer: (place, answer) => answerPayout(pool, place, answer),
  }
}

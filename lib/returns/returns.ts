import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { BankFilesSettings } from '../link-settings'
import type { BankFileLinks } from '../gateways/bank-files/bank-files'
import { type Uuid, uuidAt } from '../ids'
import { NO_MERCHANT } from '../messages/message'
import type { Hand } from '../settlement/account-store'
import { readAnswers } from '../settlement/answers'
import { orderDue } from '../settlement/orders'
import { returnOrders } from './return-orders'
import {
  decideReturn,
  findReturn,
  listReturns,
  type Ordered,
  orderReturn,
  returnables,
  returnByHand,
  type ReturnFilter,
  sourceOf,
} from './return-store'
import type { ReturnTransfer } from './return-transfer'

/** Made in one run of the job. */
const MADE_AT_ONCE = 200

/**
 * Money that goes back to payers by transfer, always to the account it came from. What was collected by direct debit goes back
 * by itself; what came by giro when somebody orders it; what is nobody's only when two operators agree.
 */
export interface Returns {
  /** Orders back what a giro credit owes to its payer. */
  orderCredit(merchantId: Uuid, creditId: Uuid, by: Hand): Promise<Ordered>
  /** The same for a credit of nobody's, once a second person has agreed. */
  proposeUnassigned(creditId: Uuid, by: Hand): Promise<Ordered>
  /** False when there is none that this person may decide: whoever proposed it may not. */
  decide(transferId: Uuid, decision: { agreed: boolean; by: Hand }): Promise<boolean>
  proposed(limit: number, before?: Uuid): Promise<ReturnTransfer[]>
  /** Orders once more what the bank has refused or sent back. */
  retry(merchantId: Uuid, transferId: Uuid, by: Hand): Promise<Ordered>
  /** People have transferred it by this name at the bank; false when it is not to be returned any more. */
  byHand(merchantId: Uuid, transferId: Uuid, named: string, by: Hand): Promise<boolean>
  list(merchantId: Uuid, filter: ReturnFilter): Promise<ReturnTransfer[]>
  find(merchantId: Uuid, transferId: Uuid): Promise<ReturnTransfer | undefined>

  /** Makes the transfers that are due and brings them to the bank. True when there is more to do at once. */
  orderDue(): Promise<boolean>
  /** Reads what the bank says of them. */
  readAnswers(): Promise<void>
}

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  readonly vault: Vault
  readonly settings: { readonly BANK_FILES: readonly BankFilesSettings[] }
  readonly links: BankFileLinks
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

export function createReturns({ database: { pool }, clock, vault, settings, links, report }: Parts): Returns {
  const banks = settings.BANK_FILES
  const files = { pool, clock, banks, links, report }
  const orders = returnOrders({ pool, vault, banks })
  const credit = (merchantId: Uuid, sourceId: Uuid) =>
    ({ merchantId, sourceId, source: 'giro', reference: '' }) as const
  const made = () => {
    const at = clock.now()
    return { id: uuidAt(at), at }
  }
  const booked = () => {
    const { id: postingId, at } = made()
    return { postingId, at }
  }

  return {
    orderCredit: (merchantId, creditId, by) =>
      orderReturn(pool, credit(merchantId, creditId), { ...made(), by, state: 'due' }),
    proposeUnassigned: (creditId, by) =>
      orderReturn(pool, credit(NO_MERCHANT, creditId), { ...made(), by, state: 'proposed' }),
    decide: (id, { agreed, by }) => decideReturn(pool, { merchantId: NO_MERCHANT, id }, { agreed, by, ...booked() }),
    proposed: (limit, before) => listReturns(pool, NO_MERCHANT, { state: 'proposed', before, limit }),
    async retry(merchantId, id, by) {
      const source = await sourceOf(pool, { merchantId, id })
      if (!source) return 'gone'
      const state = merchantId === NO_MERCHANT ? 'proposed' : 'due'
      return orderReturn(pool, source, { ...made(), by, state })
    },
    byHand: (merchantId, id, named, by) => returnByHand(pool, { merchantId, id }, { named, by, ...booked() }),
    list: (merchantId, filter) => listReturns(pool, merchantId, filter),
    find: (merchantId, id) => findReturn(pool, { merchantId, id }),

    async orderDue() {
      const found = await returnables(pool, MADE_AT_ONCE)
      for (const each of found) await orderReturn(pool, each, { ...made(), state: 'due' })
      const isFull = await orderDue(orders, files)
      return isFull || found.length >= MADE_AT_ONCE
    },
    readAnswers: () => readAnswers(orders, files),
  }
}

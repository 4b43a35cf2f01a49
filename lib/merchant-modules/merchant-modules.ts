import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { ModuleCode } from '../modules/payment-module'
import type { Buyer, ModuleTerms } from '../payments/module-terms'
import { findOpenTo } from './audience-store'
import { findTerms } from './store'

/** The payment modules of each merchant: which are registered and active, and on what terms (M-150, M-156 … M-158). */
export interface MerchantModules {
  /** The terms of every module that the merchant has registered, in the order of the checkout. One query. */
  termsOf(merchantId: Uuid): Promise<ReadonlyMap<ModuleCode, ModuleTerms>>
  /** Which of these modules somebody may use. One query. */
  openTo(merchantId: Uuid, codes: readonly ModuleCode[], buyer: Buyer): Promise<ReadonlySet<ModuleCode>>
}

interface Parts {
  readonly database: Database
}

export function createMerchantModules({ database }: Parts): MerchantModules {
  const { prisma, pool } = database
  return {
    async termsOf(merchantId) {
      return new Map((await findTerms(prisma, merchantId)).map((terms) => [terms.module, terms]))
    },
    openTo: (merchantId, codes, buyer) => findOpenTo(pool, merchantId, codes, buyer),
  }
}

import type { Clock } from '../clock'
import { createBatch } from '../db/batch'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import { hashApiKeySecret, hintOf, newApiKeySecret, readApiKeySecret } from './api-key-secret'
import type { Trust } from '../trust/trust'
import type { ApiCaller, ApiKey, ApiKeyMode, Merchant } from './merchant'
import { createMerchantKeys, type MerchantKeys } from './merchant-keys'
import {
  findApiKeys,
  findCallers,
  findMerchant,
  findMerchantsOf,
  findMerchantsTaking,
  insertApiKey,
  insertMerchant,
  revokeApiKey,
  updateMerchant,
} from './store'

export type NewMerchant = Omit<Merchant, 'id' | 'createdAt'> & { readonly id?: Uuid }

export type MerchantChanges = Partial<
  Pick<Merchant, 'name' | 'nameEn' | 'confirmation' | 'confirmationUrl' | 'returnUrls' | 'modules'> & {
    /** What becomes of a refund that the merchant's balance does not cover (N13). */
    readonly refundBeyondBalance?: 'allow' | 'queue'
  }
>

export interface Merchants extends MerchantKeys {
  /** Whose API key this is; undefined when it is unknown, revoked or mistyped. One prepared query: every API call asks. */
  byApiKey(secret: string): Promise<ApiCaller | undefined>
  get(merchantId: Uuid): Promise<Merchant | undefined>
  listOfPerson(personId: Uuid): Promise<Merchant[]>
  /** Shops that take a module, by name, without the house: where a V-Card may be made for. At most two hundred. */
  listTaking(module: string): Promise<Merchant[]>
  create(merchant: NewMerchant): Promise<Merchant>
  change(merchantId: Uuid, changes: MerchantChanges): Promise<Merchant | undefined>

  apiKeys(merchantId: Uuid): Promise<ApiKey[]>
  /** @returns the secret too, this once: only its hash is stored */
  createApiKey(merchantId: Uuid, wanted: { mode: ApiKeyMode; name: string }): Promise<{ key: ApiKey; secret: string }>
  /** Takes effect on the next call. False when there is no such live key. */
  revokeApiKey(merchantId: Uuid, apiKeyId: Uuid): Promise<boolean>
}

// More shops than this are searched by name, not read through.
const MOST_LISTED = 200

// Calls that wait at the same moment are looked up together; two lookups at once keep either from waiting long.
const LOOKUPS = { calls: 2, largest: 64 }

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly trust: Pick<Trust, 'anchors' | 'certify'>
}

export function createMerchants({ database, clock, trust }: Parts): Merchants {
  const { pool, prisma } = database
  const findCaller = createBatch<Buffer, ApiCaller | undefined>((hashes) => findCallers(pool, hashes), {
    ...LOOKUPS,
    order: () => '',
  })

  return {
    ...createMerchantKeys({ database, clock, trust }),

    byApiKey: async (secret) => (readApiKeySecret(secret) ? findCaller(hashApiKeySecret(secret)) : undefined),
    get: (merchantId) => findMerchant(prisma, merchantId),
    listOfPerson: (personId) => findMerchantsOf(prisma, personId),
    listTaking: (module) => findMerchantsTaking(prisma, module, MOST_LISTED),

    async create({ id, ...wanted }) {
      const now = clock.now()
      const merchant = { ...wanted, id: id ?? uuidAt(now), createdAt: now }
      await insertMerchant(prisma, merchant)
      return merchant
    },

    async change(merchantId, { returnUrls, modules, ...changes }) {
      return updateMerchant(prisma, merchantId, {
        ...changes,
        ...(returnUrls ? { returnUrls: [...returnUrls] } : {}),
        ...(modules ? { modules: [...modules] } : {}),
      })
    },

    apiKeys: (merchantId) => findApiKeys(prisma, merchantId),

    async createApiKey(merchantId, { mode, name }) {
      const now = clock.now()
      const secret = newApiKeySecret(mode)
      const key = { id: uuidAt(now), mode, name, hint: hintOf(secret), createdAt: now }
      await insertApiKey(prisma, merchantId, hashApiKeySecret(secret), key)
      return { key, secret }
    },

    revokeApiKey: (merchantId, apiKeyId) => revokeApiKey(prisma, merchantId, apiKeyId, clock.now()),
  }
}

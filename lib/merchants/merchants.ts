import type { Uuid } from '../ids'
import type { ApiCaller, ApiKey, ApiKeyMode, Merchant, MerchantKey } from './merchant'
import type { KeyFault } from './merchant-jwk'

export type NewMerchant = Omit<Merchant, 'id' | 'createdAt'> & { readonly id?: Uuid }

export type MerchantChanges = Partial<
  Pick<Merchant, 'name' | 'nameEn' | 'confirmation' | 'confirmationUrl' | 'returnUrls' | 'modules'>
>

export interface Merchants {
  /** Whose API key this is; undefined when it is unknown, revoked or mistyped. One prepared query: every API call asks. */
  byApiKey(secret: string): Promise<ApiCaller | undefined>
  get(merchantId: Uuid): Promise<Merchant | undefined>
  listOfPerson(personId: Uuid): Promise<Merchant[]>
  create(merchant: NewMerchant): Promise<Merchant>
  change(merchantId: Uuid, changes: MerchantChanges): Promise<Merchant | undefined>

  apiKeys(merchantId: Uuid): Promise<ApiKey[]>
  /** @returns the secret too, this once: only its hash is stored */
  createApiKey(merchantId: Uuid, wanted: { mode: ApiKeyMode; name: string }): Promise<{ key: ApiKey; secret: string }>
  /** Takes effect on the next call. False when there is no such live key. */
  revokeApiKey(merchantId: Uuid, apiKeyId: Uuid): Promise<boolean>

  keys(merchantId: Uuid): Promise<MerchantKey[]>
  /** Registers a public signature key; several may be live at once, so that a shop can change keys without a gap. */
  addKey(
    merchantId: Uuid,
    wanted: { jwk: unknown; validFrom?: Date; validUntil?: Date },
  ): Promise<{ kind: 'added'; key: MerchantKey } | { kind: 'refused'; reason: KeyFault | 'kid-taken' }>
  /** What it signed is refused from the next message on. False when there is no such live key. */
  revokeKey(merchantId: Uuid, kid: string): Promise<boolean>
}

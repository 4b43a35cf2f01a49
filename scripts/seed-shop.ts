import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Gateway } from '../lib/gateway'
import { publicId, type Uuid } from '../lib/ids'

/** What a shop's server has to know of its merchant at Moa. */
export interface ShopSecrets {
  readonly merchantId: Uuid
  readonly secretKey: string
  readonly signingKey: object
  readonly webhookKeys: readonly string[]
}

const WEBHOOKS = '/moa/webhooks'

/** Every means of payment that the demo has. */
const MODULES = [
  'card',
  'vcard',
  'phone-bill',
  'micro-account',
  'e-cash',
  'bank-transfer',
  'cash-on-delivery',
  'giro',
  'direct-debit',
  'points',
]

function addresses(shopUrl: string) {
  return { confirmationUrl: `${shopUrl}/moa/confirm`, returnUrls: [`${shopUrl}/return`] }
}

/** Registers a shop that takes every means and confirms every payment: with an API key, a signing key and a webhook endpoint. */
export async function createShop(
  { merchants, endpoints }: Pick<Gateway, 'merchants' | 'endpoints'>,
  { name, nameEn, shopUrl }: { readonly name: string; readonly nameEn: string; readonly shopUrl: string },
): Promise<ShopSecrets> {
  const merchant = await merchants.create({
    ...{ name, nameEn, categoryCode: '5411', currencies: ['KRW', 'USD'] },
    ...{ confirmation: 'required', modules: MODULES },
    ...addresses(shopUrl),
  })
  const { secret } = await merchants.createApiKey(merchant.id, { mode: 'test', name: '데모 상점 서버' })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const kid = `shop-${randomBytes(6).toString('hex')}`
  const added = await merchants.addKey(merchant.id, { jwk: { ...publicKey.export({ format: 'jwk' }), kid } })
  if (added.kind !== 'added') throw new Error(`A demo shop's key was refused: ${added.reason}.`)
  const endpoint = await endpoints.create(merchant.id, { url: `${shopUrl}${WEBHOOKS}` })
  if (endpoint.kind !== 'saved') throw new Error(`A demo shop's webhook endpoint was refused: ${endpoint.kind}.`)
  return {
    merchantId: merchant.id,
    secretKey: secret,
    signingKey: { ...privateKey.export({ format: 'jwk' }), kid },
    webhookKeys: endpoint.endpoint.publicKeys,
  }
}

/** Lets a shop's addresses follow its port. */
export async function followPorts(
  { merchants, endpoints }: Pick<Gateway, 'merchants' | 'endpoints'>,
  { merchantId, shopUrl }: { readonly merchantId: Uuid; readonly shopUrl: string },
): Promise<void> {
  await merchants.change(merchantId, addresses(shopUrl))
  for (const { id } of await endpoints.list(merchantId)) {
    await endpoints.change(merchantId, id, { url: `${shopUrl}${WEBHOOKS}` })
  }
}

/** A shop's secrets of an earlier start. */
export function keptSecrets(file: string): ShopSecrets | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ShopSecrets) : undefined
}

/** Keeps them for the next start, readable by their owner only. */
export function keepSecrets(file: string, secrets: ShopSecrets): void {
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
}

/** What a shop's server is told, by the names it reads. */
export function shopSettings(secrets: ShopSecrets, gateway: Readonly<Record<string, string>>): Record<string, string> {
  const api = `http://${gateway['API_HOST']}:${gateway['API_PORT']}`
  return {
    MOA_API_URL: api,
    MOA_WEB_URL: gateway['WEB_URL'] ?? '',
    MOA_MERCHANT_ID: publicId('mer', secrets.merchantId),
    MOA_SECRET_KEY: secrets.secretKey,
    MOA_SHOP_SIGNING_KEY: JSON.stringify(secrets.signingKey),
    MOA_GATEWAY_KEYS_URL: `${api}/.well-known/jwks.json`,
    MOA_WEBHOOK_KEYS: secrets.webhookKeys.join(','),
  }
}

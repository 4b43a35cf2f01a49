import type { PrivateJwk } from '../../sdk'
import type { LineSettings } from './leased-line'
import type { Language } from './words'

export interface ShopSettings {
  /** What stands over the door; the example's own name when absent. */
  readonly name?: ShopName
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Where shoppers reach the shop; its host and port when absent. */
  readonly url?: string
  readonly apiUrl: string
  readonly webUrl: string
  readonly merchantId: string
  readonly secretKey: string
  readonly signingKey: PrivateJwk
  readonly gatewayKeysUrl: string
  readonly webhookKeys: readonly string[]
  /** Folder of the order book; without one, orders are forgotten when the shop ends. */
  readonly dataFolder?: string
  /** Where Moa asks over a line with certificates on both sides; without it, only at the ordinary address. */
  readonly line?: LineSettings
  /** Lets journeys make the shop misbehave. */
  readonly test: boolean
}

export type ShopName = Readonly<Record<Language, string>>

/** A setting that the shop cannot work with; says which, never its value. */
export class UnusableSetting extends Error {
  override name = 'UnusableSetting'
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws UnusableSetting */
export function readSettings(env: Environment): ShopSettings {
  const needed = (name: string): string => {
    const value = env[name]
    if (!value) throw new UnusableSetting(`${name} is not set. See examples/shop/README.md.`)
    return value
  }
  return {
    host: env['SHOP_HOST'] ?? '127.0.0.1',
    port: readPort(env['SHOP_PORT'] ?? '3001'),
    ...(env['SHOP_URL'] && { url: env['SHOP_URL'] }),
    apiUrl: needed('MOA_API_URL'),
    webUrl: needed('MOA_WEB_URL'),
    merchantId: needed('MOA_MERCHANT_ID'),
    secretKey: needed('MOA_SECRET_KEY'),
    signingKey: readKey(needed('MOA_SHOP_SIGNING_KEY')),
    gatewayKeysUrl: needed('MOA_GATEWAY_KEYS_URL'),
    webhookKeys: needed('MOA_WEBHOOK_KEYS').split(','),
    ...(env['SHOP_DATA'] && { dataFolder: env['SHOP_DATA'] }),
    ...(env['SHOP_LINE_PORT'] && {
      line: {
        port: readPort(env['SHOP_LINE_PORT']),
        key: needed('SHOP_LINE_KEY'),
        certificate: needed('SHOP_LINE_CERTIFICATE'),
        authorities: needed('MOA_AUTHORITIES'),
      },
    }),
    ...(env['SHOP_NAME'] && { name: { ko: env['SHOP_NAME'], en: env['SHOP_NAME_EN'] || env['SHOP_NAME'] } }),
    test: env['SHOP_TEST'] === '1',
  }
}

/**
 * Another merchant's shop that the same process serves, at a port of its own: SECOND_SHOP, a JSON object of settings by the same
 * names. What it does not name but its merchant's own keys is as for the first.
 * @throws UnusableSetting
 */
export function readSecondShop({ SECOND_SHOP, SHOP_TEST, SHOP_HOST }: Environment): ShopSettings | undefined {
  if (!SECOND_SHOP) return undefined
  let named: Environment
  try {
    named = JSON.parse(SECOND_SHOP) as Environment
  } catch {
    throw new UnusableSetting('SECOND_SHOP must be settings as a JSON object.')
  }
  return readSettings({ SHOP_TEST, SHOP_HOST, ...named })
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^[0-9]{1,5}$/.test(text) || port > 65_535) throw new UnusableSetting('SHOP_PORT must be a port, 0 to 65535.')
  return port
}

function readKey(text: string): PrivateJwk {
  try {
    return JSON.parse(text) as PrivateJwk
  } catch {
    throw new UnusableSetting('MOA_SHOP_SIGNING_KEY must be a private key as JSON (JWK) with a kid.')
  }
}

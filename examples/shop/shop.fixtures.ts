import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { afterAll } from 'vitest'
import { startApi, type TestApi } from '../../lib/http/http.fixtures'
import { publicId, readPublicId, type Uuid } from '../../lib/ids'
import { freePort } from '../../scripts/free-port'
import type { PrivateJwk } from '../../sdk'
import { aMerchant } from '../../test/gateway'
import type { ShopSettings } from './settings'
import { type RunningShop, startShop } from './shop'

export interface ShopAtMoa {
  readonly api: TestApi
  readonly merchantId: Uuid
  readonly shop: RunningShop
  readonly settings: ShopSettings
  /** Delivers the webhooks that are due. */
  deliver(): Promise<void>
}

/**
 * The shop, and the whole gateway it is registered at.
 * @param apiUrlFor where the shop finds the API, if something stands between
 */
export async function startShopAtMoa(
  apiUrlFor: (apiUrl: string) => string | Promise<string> = (apiUrl) => apiUrl,
): Promise<ShopAtMoa> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const api = await startApi({ env: { OUTGOING_ALLOW: `127.0.0.1:${port}` } })
  const { merchants, endpoints, messages } = api.gateway
  const { id: merchantId } = await aMerchant(api.gateway, {
    confirmation: 'required',
    confirmationUrl: `${url}/moa/confirm`,
    returnUrls: [`${url}/return`],
  })
  const { secret: secretKey } = await merchants.createApiKey(merchantId, { mode: 'test', name: 'shop' })
  const { signingKey, publicKey } = aSigningKey()
  await merchants.addKey(merchantId, { jwk: publicKey })
  const saved = await endpoints.create(merchantId, { url: `${url}/moa/webhooks` })
  if (saved.kind !== 'saved') throw new Error(`the webhook endpoint was not saved: ${saved.kind}`)
  const apiUrl = `http://127.0.0.1:${api.port}`
  const settings = {
    host: '127.0.0.1',
    port,
    apiUrl: await apiUrlFor(apiUrl),
    webUrl: api.settings.WEB_URL,
    merchantId: publicId('mer', merchantId),
    secretKey,
    signingKey,
    gatewayKeysUrl: `${apiUrl}/.well-known/jwks.json`,
    webhookKeys: saved.endpoint.publicKeys,
    test: true,
  }
  const shop = await startShop(settings)
  afterAll(() => shop.close())
  const deliver = async () => {
    await messages.sendDue(100)
    await messages.idle()
  }
  return { api, merchantId, shop, settings, deliver }
}

export function aSigningKey(): { signingKey: PrivateJwk; publicKey: object } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const kid = `shop-${randomBytes(4).toString('hex')}`
  return {
    signingKey: { ...privateKey.export({ format: 'jwk' }), kid } as PrivateJwk,
    publicKey: { ...publicKey.export({ format: 'jwk' }), kid },
  }
}

export interface Seen {
  readonly status: number
  readonly location: string
  readonly text: string
}

/** Somebody with a browser: keeps cookies, sends forms as a browser does, follows no redirect by itself. */
export function aVisitor(url: string, language = 'en') {
  const cookies = new Map<string, string>()

  async function send(path: string, init: RequestInit = {}): Promise<Seen> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { 'accept-language': language, ...(cookie && { cookie }), ...init.headers }
    const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    const { status } = response
    return { status, location: response.headers.get('location') ?? '', text: await response.text() }
  }

  return {
    get: (path: string) => send(path),
    post: (path: string, form: Record<string, string>, origin = url) =>
      send(path, { method: 'POST', body: new URLSearchParams(form), headers: { origin } }),
    /** Puts one thing into the basket and fills in the order page; returns the number the order will have. */
    async fillsIn(product = 'moon-jar'): Promise<Record<string, string>> {
      await this.post('/basket', { product })
      const { text } = await this.get('/order')
      const [, order = ''] = /name="order" value="([^"]+)"/.exec(text) ?? []
      return { order, name: 'Han Jiwoo', email: 'jiwoo@example.com' }
    },
  }
}

export type Visitor = ReturnType<typeof aVisitor>

/** The payment that a redirect to the checkout names. */
export function paymentIn(location: string): { paymentId: Uuid; link: URL } {
  const link = new URL(location)
  const paymentId = readPublicId('pay', link.pathname.replace('/pay/', ''))
  if (!paymentId) throw new Error(`no payment in ${location}`)
  return { paymentId, link }
}

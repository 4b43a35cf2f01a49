import { existsSync, writeFileSync } from 'node:fs'
import type { Gateway } from '../lib/gateway'
import { publicId } from '../lib/ids'
import { scopes } from '../lib/oauth/oauth-client'

/**
 * Makes a merchant of the demo that sells over the CAMARA interface, once, and keeps the client's id and secret in a file
 * that only its owner reads. By its contract the client may charge lines without a code.
 * @param owner e-mail address of whoever looks after it in the portal
 */
export async function seedCamaraClient(
  { merchants, oauth, people }: Gateway,
  { file, owner }: { readonly file: string; readonly owner: string },
): Promise<void> {
  if (existsSync(file)) return
  const merchant = await merchants.create({
    name: '콘텐츠나루',
    nameEn: 'Contents Naru',
    categoryCode: '5815',
    currencies: ['KRW'],
    confirmation: 'none',
    returnUrls: [],
    modules: ['phone-bill'],
  })
  const person = await people.findByEmail(owner)
  if (person) await people.appoint({ merchantId: merchant.id, personId: person.id, role: 'owner' })
  const made = await oauth.createClient(merchant.id, {
    name: '데모',
    scopes,
    redirectUris: ['http://127.0.0.1:3001/callback'],
  })
  if (made.kind !== 'created') throw new Error(`The demo's CAMARA client was refused: ${made.reason}.`)
  await oauth.setVouching(merchant.id, made.client.id, true)
  const kept = { clientId: publicId('ocl', made.client.id), clientSecret: made.secret }
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 })
}

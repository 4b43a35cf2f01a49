import type { Gateway } from '../lib/gateway'
import { DEMO_PASSWORD, type DemoLogin, register } from './seed-people'
import { createShop, followPorts, keepSecrets, keptSecrets, type ShopSecrets } from './seed-shop'

export const SECOND_SHOP_NAME = { ko: '소담상회', en: 'Sodam Store' }

const PEOPLE = {
  owner: { email: 'second-owner@moa.example', name: '유하진' },
  counselor: { email: 'second-counselor@moa.example', name: '민서율' },
} as const

/** In no list of logins that one begins with: whoever wants to see two merchants side by side finds them. */
export const SECOND_SHOP_LOGINS: readonly DemoLogin[] = Object.entries(PEOPLE).map(([role, { email }]) => ({
  ...{ role: `second-${role}`, email, password: DEMO_PASSWORD, atSecondShop: true },
}))

/**
 * Another merchant, with people, keys and a contract of its own, which cancels by signed messages only: what is changed at it leaves
 * the first one alone. Put in once; later only its addresses follow the port.
 */
export async function seedSecondShop(
  gateway: Gateway,
  { shopUrl, file }: { readonly shopUrl: string; readonly file: string },
): Promise<ShopSecrets> {
  const { merchants, contracts, people } = gateway
  const kept = keptSecrets(file)
  if (kept && (await merchants.get(kept.merchantId))) {
    await followPorts(gateway, { merchantId: kept.merchantId, shopUrl })
    return kept
  }
  const { ko: name, en: nameEn } = SECOND_SHOP_NAME
  const secrets = await createShop(gateway, { name, nameEn, shopUrl })
  const { merchantId } = secrets
  const agreed = await contracts.change(merchantId, { signedCancel: 'required' })
  if (agreed.kind !== 'changed') throw new Error(`The second demo shop's contract was refused: ${agreed.reason}.`)
  for (const [role, refundLimit] of [['owner'], ['counselor', 1_000_000n]] as const) {
    const personId = await register(people, PEOPLE[role])
    await people.appoint({ merchantId, personId, role, ...(refundLimit ? { refundLimit } : {}) })
  }
  keepSecrets(file, secrets)
  return secrets
}

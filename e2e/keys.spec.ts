import type { Browser, Page } from '@playwright/test'
import pg from 'pg'
import type { DemoLogin } from '../scripts/seed-people'
import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { misbehave, order, priceOf, toCheckout } from './shop'
import { awake, join, logIn, stranger } from './shopper'
import { payButton } from './split'
import type { ReaderWords } from './words'

/** The owner at the page with the keys. */
async function keysPage(browser: Browser, words: ReaderWords, logins: readonly DemoLogin[]): Promise<Page> {
  const portal = await (await browser.newContext({ locale: 'ko-KR' })).newPage()
  await portal.goto('/login?next=/merchant/developers')
  await logIn(
    portal,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  return portal
}

/** Has a key made in the owner's browser; answers its private half, as the owner would copy it. */
async function makeKey(portal: Page, { moa }: ReaderWords): Promise<{ readonly kid: string }> {
  const { signatureKeys: t } = moa.merchant
  await portal.getByRole('button', { name: t.issue, exact: true }).click()
  const dialog = portal.getByRole('dialog', { name: t.issue })
  await dialog.getByRole('button', { name: t.issue, exact: true }).click()
  await expect(dialog.getByText(t.secret)).toBeVisible()
  const secret = JSON.parse(await dialog.locator('p.font-mono').innerText()) as { kid: string }
  await dialog.getByRole('button', { name: t.secretDone }).click()
  await expect(dialog).toBeHidden()
  await expect(portal.getByText(secret.kid)).toBeVisible()
  return secret
}

async function expire(kid: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    await client.query(`update merchant_key set valid_until = now() - interval '1 second' where kid = $1`, [kid])
  } finally {
    await client.end()
  }
}

for (const end of ['live', 'revoked', 'expired'] as const) {
  test(`a shop confirms with a key made in the portal that is ${end}: ${end === 'live' ? 'it is paid' : 'nothing is charged, and the shopper is told'} (P5.2, M-107)`, async ({
    page,
    browser,
    request,
    places,
    outsideWorld,
    logins,
    words,
    picture,
  }) => {
    const { moa } = words
    const portal = await keysPage(browser, words, logins)
    const key = await makeKey(portal, words)
    const { signatureKeys: t } = moa.merchant
    if (end === 'revoked') {
      const row = portal.getByRole('listitem').filter({ hasText: key.kid })
      await row.getByRole('button', { name: t.revoke, exact: true }).click()
      const title = fill(t.revokeTitle, { kid: key.kid })
      await portal.getByRole('dialog', { name: title }).getByRole('button', { name: t.revoke, exact: true }).click()
      await expect(row.getByRole('button', { name: t.revoke, exact: true })).toBeHidden()
    }
    if (end === 'expired') {
      await expire(key.kid)
      await portal.reload()
      await expect(portal.getByRole('listitem').filter({ hasText: key.kid })).toContainText(t.states.expired)
    }
    await picture(`merchant-keys-${end}`, portal)
    await portal.close()

    const who = stranger()
    const card = await giveOutCard(outsideWorld, { issuer: 'narae', nickname: '큰 지출', limit: 1_000_000n })
    await join(page, words, who, [card])
    const number = await order(page, { shop: places.shop, words, products: ['lantern'], email: who.email })
    await misbehave(request, places.shop, { order: number, confirm: 'other-key', key })
    await toCheckout(page, words)
    await payButton(page, words, priceOf(['lantern'])).click()

    if (end === 'live') {
      await expect.poll(async () => (await booked(outsideWorld, card)).charges, { timeout: 40_000 }).toHaveLength(1)
      return
    }
    await expect(page.getByText(moa.shared.decline['shop-refused'])).toBeVisible({ timeout: 40_000 })
    await expect(page.getByText(moa.checkout.declined.nothing)).toBeVisible()
    expect(await booked(outsideWorld, card)).toEqual({ charges: [], refunds: [], held: 0n, owed: 0n })
  })
}

test('a browser without Web Crypto is told that nothing is sent, and nothing is (M-226) @phone', async ({
  page,
  words,
  picture,
}) => {
  const { sealing, auth } = words.moa
  await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }))
  const sent: string[] = []
  page.on('request', (asked) => {
    if (asked.method() === 'POST') sent.push(asked.url())
  })
  await page.goto('/login')
  await awake(page.locator('form', { has: page.getByLabel(auth.login.email) }))
  await expect(page.getByText(sealing.unable)).toBeVisible()
  await page.getByLabel(auth.login.email).fill('shopper@moa.example')
  await page.getByLabel(auth.login.password, { exact: true }).fill('moa demo password')
  await page.getByRole('button', { name: auth.login.submit, exact: true }).click()
  await expect(page.getByText(sealing.unable)).toBeVisible()
  await picture('sealing-unable')
  expect(sent).toEqual([])
  await findsNothing(page, 'a page that cannot encrypt')
})

test('a page that is offered a key nobody certified says so and sends nothing (M-186)', async ({ page, words }) => {
  const { sealing, auth } = words.moa
  await page.route('**/.well-known/encryption-keys.json', async (asked) => {
    const answer = await asked.fetch()
    const { keys } = (await answer.json()) as { keys: { x5c: string[] }[] }
    // A certificate of ours, and under a pinned authority, but not for this.
    const authority = keys[0]!.x5c.at(-1)!
    await asked.fulfill({ response: answer, json: { keys: [{ ...keys[0], x5c: [authority] }] } })
  })
  const sent: string[] = []
  page.on('request', (asked) => {
    if (asked.method() === 'POST') sent.push(asked.url())
  })
  await page.goto('/login')
  await awake(page.locator('form', { has: page.getByLabel(auth.login.email) }))
  await page.getByLabel(auth.login.email).fill('shopper@moa.example')
  await page.getByLabel(auth.login.password, { exact: true }).fill('moa demo password')
  await page.getByRole('button', { name: auth.login.submit, exact: true }).click()
  await expect(page.getByText(sealing.uncertified)).toBeVisible()
  expect(sent).toEqual([])
})

import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { awake, join, logIn, stranger } from './shopper'

const AMOUNT = '46000'
const HOME = { label: '집', recipient: '한지우', phone: '010-1234-5678', postalCode: '04524', line1: '세종대로 110' }

/** The demo's shop signs its links itself; it may have them signed by Moa as well from now on, which disturbs nobody. */
async function letMoaSignLinks(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    await client.query(`update merchant set signed_link = 'none' where name_en = 'Moonbowl'`)
  } finally {
    await client.end()
  }
}

test('a saved address is given to one shop with consent, read through the API, told of, and withdrawn', async ({
  page,
  browser,
  baseURL,
  request,
  places,
  logins,
  words,
  picture,
}) => {
  test.slow()
  const { address, merchant, checkout } = words.moa
  const desk = await browser.newPage({
    ...(baseURL && { baseURL }),
    locale: words.language === 'ko' ? 'ko-KR' : 'en-US',
  })
  await desk.goto('/login?next=/merchant/developers')
  await logIn(
    desk,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await desk.getByRole('button', { name: merchant.apiKeys.create, exact: true }).click()
  const dialog = desk.getByRole('dialog', { name: merchant.apiKeys.create })
  await dialog.getByRole('textbox', { name: merchant.apiKeys.name }).fill(`addresses ${randomUUID()}`)
  await dialog.getByRole('button', { name: merchant.apiKeys.create, exact: true }).click()
  const secret = await dialog.getByText(/^moa_test_\w+$/).innerText()
  await dialog.getByRole('button', { name: merchant.apiKeys.secretDone }).click()
  await desk.close()
  const headers = { authorization: `Bearer ${secret}` }

  await join(page, words, stranger(), [])
  await page.goto('/account/addresses/new')
  const recipient = page.getByLabel(address.fields.recipient, { exact: true })
  await awake(page.locator('form', { has: recipient }))
  await page.getByLabel(address.fields.label, { exact: true }).fill(HOME.label)
  await recipient.fill(HOME.recipient)
  await page.getByLabel(address.fields.phone, { exact: true }).fill(HOME.phone)
  await page.getByLabel(address.fields.postalCode, { exact: true }).fill(HOME.postalCode)
  await page.getByLabel(address.fields.line1, { exact: true }).fill(HOME.line1)
  await page.getByRole('button', { name: address.save, exact: true }).click()
  await expect(page.getByText(address.done.saved)).toBeVisible()

  const created = await request.post(`${places.api}/api/v1/payments`, {
    headers: { ...headers, 'idempotency-key': randomUUID() },
    data: {
      ...{ orderRef: randomUUID(), orderName: '한지등', amount: AMOUNT, currency: 'KRW', deliveryAddress: 'required' },
      returnUrl: `${places.shop}/return`,
    },
  })
  const payment = (await created.json()) as { id: string }
  expect(created.status(), JSON.stringify(payment)).toBe(201)
  const read = async () => {
    const answer = await request.get(`${places.api}/api/v1/payments/${payment.id}/delivery-address`, { headers })
    return { status: answer.status(), body: (await answer.json()) as Record<string, unknown> }
  }
  // Nobody has agreed to anything yet.
  expect((await read()).status).toBe(404)

  await letMoaSignLinks()
  const linked = await request.post(`${places.api}/api/v1/payments/${payment.id}/links`, {
    headers: { ...headers, 'idempotency-key': randomUUID() },
    data: {},
  })
  const { url } = (await linked.json()) as { url: string }
  await page.goto(url)
  await page.getByRole('radio', { name: HOME.label }).check()
  await findsNothing(page, 'which address')
  await picture('address-consent')
  const chosen = page.locator('form', { has: page.getByRole('radio', { name: HOME.label }) })
  await chosen.getByRole('checkbox').check()
  await chosen.getByRole('button', { name: address.checkout.go }).click()
  await expect(page.getByRole('group', { name: checkout.means })).toBeVisible()
  const given = await read()
  expect(given).toMatchObject({ status: 200, body: { recipient: HOME.recipient, line1: HOME.line1 } })

  await page.goto('/account/addresses')
  const consent = page.getByRole('listitem').filter({ hasText: address.consents.revoke })
  await expect(consent).toHaveCount(1)
  await expect(consent).not.toContainText(address.consents.unread)
  await findsNothing(page, 'addresses')
  await picture('addresses')
  await consent.getByRole('button', { name: address.consents.revoke }).click()
  await page.getByRole('dialog').getByRole('button', { name: address.consents.revoke }).click()
  await expect(page.getByText(address.done.revoked)).toBeVisible()
  expect((await read()).status).toBe(403)
})

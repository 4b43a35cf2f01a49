import { readFile } from 'node:fs/promises'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { logIn } from './shopper'

test('a shop’s developer makes a key, calls the API, finds the calls in the API log, and tests the confirmation address @phone', async ({
  page,
  request,
  places,
  logins,
  words,
  picture,
}) => {
  const { merchant, shared } = words.moa
  const { apiKeys, requests, confirmation, messages } = merchant
  await page.goto('/login?next=/merchant/developers')
  await logIn(
    page,
    words,
    logins.find(({ role, atSecondShop }) => role === 'owner' && !atSecondShop)!,
  )
  const name = `log ${Date.now()}`
  await page.getByRole('button', { name: apiKeys.create, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(apiKeys.name, { exact: true }).fill(name)
  await dialog.getByRole('button', { name: apiKeys.create, exact: true }).click()
  const secret = await dialog.locator('p.font-mono').innerText()
  await dialog.getByRole('button', { name: apiKeys.secretDone }).click()

  const authorization = `Bearer ${secret}`
  const correlation = `journey-${Date.now()}`
  const headers = { authorization, 'x-correlation-id': correlation }
  expect((await request.get(`${places.api}/api/v1/payments?limit=1`, { headers })).status()).toBe(200)
  const missing = '/api/v1/payments/pay_01jbxrm5h3f8w9k2v7n4t6q0ze'
  expect((await request.get(`${places.api}${missing}`, { headers })).status()).toBe(404)

  // The log is written a moment after the answer.
  await expect
    .poll(async () => {
      await page.goto(`/merchant/developers/requests?q=${correlation}`)
      return page.getByRole('listitem').filter({ hasText: name }).count()
    })
    .toBe(2)
  await findsNothing(page, 'the API log')
  await picture('api-log')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: requests.export }).click()
  const file = await readFile(await (await download).path(), 'utf8')
  expect(file).toContain(`${missing},404,not-found,${correlation},${name}`)
  await page.getByRole('link').filter({ hasText: missing }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(missing)
  await expect(page.getByText(correlation)).toBeVisible()
  await findsNothing(page, 'one request')
  await picture('api-log-request')
  await page.goto('/merchant/developers/requests?q=nothing-like-this')
  await expect(page.getByText(requests.notFound)).toBeVisible()

  await page.goto('/merchant/developers')
  await page.getByRole('button', { name: confirmation.test.send, exact: true }).click()
  await dialog.getByRole('button', { name: confirmation.test.send, exact: true }).click()
  // The example shop looks into its own books, and knows no such order.
  await expect(dialog.getByText(confirmation.test.verdict.good)).toBeVisible()
  await expect(dialog.locator('[data-state=good][data-step]')).toHaveCount(7)
  await expect(dialog.getByText(confirmation.test.finding.mismatch)).toBeVisible()
  await findsNothing(page, 'a tested confirmation address')
  await picture('confirmation-tested')
  await dialog.getByRole('button', { name: shared.close }).last().click()

  await page.goto('/merchant/developers/messages?q=nothing-like-this')
  await expect(page.getByText(messages.notFound)).toBeVisible()
  await findsNothing(page, 'deliveries')
})

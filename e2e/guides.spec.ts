import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { search } from './search'

test('@phone everybody finds a guide, the API reference and the meaning of an error from the front page', async ({
  page,
  words,
  picture,
}) => {
  // Every guide, looked at in light and dark.
  test.setTimeout(240_000)
  const { docs, shared } = words.moa
  await page.goto('/')
  await page.getByRole('link', { name: shared.home.docs, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: docs.title })).toBeVisible()
  await findsNothing(page, '/docs')

  const list = page.getByRole('main')
  for (const guide of ['shop', 'operator', 'counselor', 'glossary'] as const) {
    await page.goto('/docs')
    await list.getByRole('link', { name: docs.guides[guide].title }).click()
    await page.waitForURL((url) => url.pathname === `/docs/${guide}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await findsNothing(page, `/docs/${guide}`)
    await picture(`guide-${guide}`)
  }

  await page.goto('/docs/api')
  await findsNothing(page, '/docs/api')
  await search(page, 'create a payment')
  await page.getByRole('link', { name: 'Create a payment', exact: true }).click()
  await page.waitForURL((url) => url.hash === '#post-api-v1-payments')
  const operation = page.getByRole('region', { name: 'Create a payment', exact: true })
  await expect(operation).toContainText('Idempotency-Key')
  await picture('guide-api')
  await operation.getByRole('link', { name: 'order-taken' }).click()
  await page.waitForURL((url) => url.pathname === '/docs/errors' && url.hash === '#order-taken')

  // As every group of operations is drawn; this one is short.
  await page.goto('/docs/api/disputes')
  await findsNothing(page, '/docs/api/disputes')

  for (const missing of ['/docs/api/nothing', '/docs/..%2Fsettings'])
    expect((await page.request.get(missing)).status()).toBe(404)
})

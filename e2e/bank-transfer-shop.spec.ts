import { openAccount, statementOf, typeAccount } from './bank-accounts'
import { expect, test } from './fixtures'
import { misbehave, order, priceOf, toCheckout } from './shop'
import { join, stranger } from './shopper'
import { payButton } from './split'

const PRODUCTS = ['lantern'] as const
const AMOUNT = priceOf(PRODUCTS)

for (const { confirm, title, reason } of [
  { confirm: 'mismatch', title: 'signs that the transaction differs from its record (M-207)', reason: 'shop-mismatch' },
  { confirm: 'silent', title: 'is silent', reason: 'shop-no-answer' },
] as const) {
  test(`no account is touched when the shop ${title}, and the shopper is told (M-208)`, async ({
    page,
    request,
    places,
    outsideWorld,
    words,
    picture,
  }) => {
    const { moa } = words
    const who = stranger()
    const account = await openAccount(outsideWorld)
    await join(page, words, who, [])
    const number = await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
    await misbehave(request, places.shop, { order: number, confirm })
    await toCheckout(page, words)
    await typeAccount(page, words, account)
    await payButton(page, words, AMOUNT).click()
    await expect(page.getByText(moa.shared.decline[reason])).toBeVisible({ timeout: 40_000 })
    await expect(page.getByText(moa.checkout.declined.nothing)).toBeVisible()
    await picture(`bank-shop-${confirm}`)
    expect(await statementOf(outsideWorld, account)).toMatchObject({ transferred: [], back: [] })
  })
}

test('a confirmation that the shop gave before is not good for a second try of the same order (N12)', async ({
  page,
  request,
  places,
  outsideWorld,
  words,
}) => {
  const { moa } = words
  const who = stranger()
  await join(page, words, who, [])
  const number = await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  // Confirmed by the shop, then refused by a bank that looks at the balance only when it transfers.
  const empty = await openAccount(outsideWorld, { bank: 'marubank', balance: 1n })
  await typeAccount(page, words, empty)
  await payButton(page, words, AMOUNT).click()
  await expect(page.getByText(moa.shared.decline['account-balance'])).toBeVisible()

  await misbehave(request, places.shop, { order: number, confirm: 'replay' })
  const account = await openAccount(outsideWorld)
  await typeAccount(page, words, account)
  await payButton(page, words, AMOUNT).click()
  await expect(page.getByText(moa.shared.decline['shop-refused'])).toBeVisible()
  expect(await statementOf(outsideWorld, account)).toMatchObject({ transferred: [], back: [] })
})

test('a link whose amount was changed, or that was used already, opens no payment (M-181, N12)', async ({
  page,
  browser,
  places,
  words,
  picture,
}) => {
  const { moa } = words
  const links: string[] = []
  page.on('request', (sent) => {
    if (new URL(sent.url()).searchParams.has('t')) links.push(sent.url())
  })
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: stranger().email })
  await toCheckout(page, words)
  const [link] = links
  if (!link) throw new Error('the shop redirected without a signed link')

  const url = new URL(link)
  const [head, payload, signature] = (url.searchParams.get('t') ?? '').split('.')
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as Record<string, unknown>
  expect(claims['amount']).toBe(String(AMOUNT))
  const cheaper = Buffer.from(JSON.stringify({ ...claims, amount: '100' })).toString('base64url')
  url.searchParams.set('t', `${head}.${cheaper}.${signature}`)

  const elsewhere = await (await browser.newContext()).newPage()
  for (const address of [url.href, link]) {
    await elsewhere.goto(address)
    await expect(elsewhere.getByRole('heading', { name: moa.checkout.link.title })).toBeVisible()
  }
  await picture('bank-bad-link', elsewhere)
  await elsewhere.context().close()
})

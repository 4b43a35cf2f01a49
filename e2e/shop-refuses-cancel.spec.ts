import { fill } from '../components/i18n/fill'
import { openAccount, statementOf, typeAccount } from './bank-accounts'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { misbehave, order, priceOf, toCheckout } from './shop'
import { join, logIn, stranger } from './shopper'
import { payButton, won } from './split'

const PRODUCTS = ['lantern'] as const
const AMOUNT = priceOf(PRODUCTS)

test('a shop that signs its cancels refuses one: the counselor reads why and no won moves, until it agrees (M-211 … M-217)', async ({
  page,
  browser,
  request,
  places: { secondShop: shop },
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  const { moa, language } = words
  const { counselor } = moa
  const { refused } = moa.merchant
  const who = stranger()
  const account = await openAccount(outsideWorld)
  await join(page, words, who, [])
  const number = await order(page, { shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await typeAccount(page, words, account)
  await payButton(page, words, AMOUNT).click()
  await staysWhenPaid(page, words)
  const paid = { balance: 1_000_000n - AMOUNT, transferred: [AMOUNT], back: [] }
  expect(await statementOf(outsideWorld, account)).toEqual(paid)

  const desk = await (await browser.newContext()).newPage()
  await desk.goto('/login?next=/counselor')
  await logIn(
    desk,
    words,
    logins.find(({ role }) => role === 'second-counselor')!,
  )
  await desk.getByRole('searchbox', { name: counselor.search }).fill(number)
  await desk.keyboard.press('Enter')
  await desk.waitForURL(/\/counselor\/pay_/)
  const cancel = async () => {
    await desk.getByRole('textbox', { name: counselor.reason }).fill('고객이 주문을 물렀어요')
    await desk.getByRole('button', { name: fill(counselor.submit, { amount: won(AMOUNT, language) }) }).click()
  }

  await misbehave(request, shop, { order: number, confirm: 'no-cancel' })
  await cancel()
  await expect(desk.getByText(fill(refused['shop-declined'], { words: 'It has been sent already.' }))).toBeVisible()
  await picture('shop-refuses-cancel', desk)
  expect(await statementOf(outsideWorld, account)).toEqual(paid)

  // The same desk, a moment later: the shop agrees by its signature, and the bank transfers back.
  await misbehave(request, shop, { order: number, confirm: 'yes' })
  await desk.goto(new URL(desk.url()).pathname)
  await cancel()
  await expect(desk.getByText(counselor.result.success.title, { exact: true })).toBeVisible()
  expect(await statementOf(outsideWorld, account)).toEqual({ ...paid, balance: 1_000_000n, back: [AMOUNT] })
  await desk.context().close()
})

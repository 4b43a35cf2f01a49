import { fill } from '../components/i18n/fill'
import { openAccount, statementOf, typeAccount } from './bank-accounts'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { join, logIn, stranger } from './shopper'
import { payButton, won } from './split'

const PRODUCTS = ['lantern'] as const
const AMOUNT = priceOf(PRODUCTS)

test('a counselor takes a transfer back for a caller: the bank transfers it back to the account, once (M-210 … M-214)', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  const { moa, language } = words
  const { counselor, merchant } = moa
  const who = stranger()
  const account = await openAccount(outsideWorld)
  await join(page, words, who, [])
  const number = await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await typeAccount(page, words, account)
  await payButton(page, words, AMOUNT).click()
  await staysWhenPaid(page, words)

  const desk = await (await browser.newContext()).newPage()
  await desk.goto('/login?next=/counselor')
  await logIn(
    desk,
    words,
    logins.find(({ role }) => role === 'counselor')!,
  )
  await desk.getByRole('searchbox', { name: counselor.search }).fill(number)
  await desk.keyboard.press('Enter')
  await desk.waitForURL(/\/counselor\/pay_/)
  await expect(desk.getByText(counselor.deed['reverse-transfer'])).toBeVisible()
  await picture('bank-counselor-before', desk)
  await desk.getByRole('textbox', { name: counselor.reason }).fill('고객이 주문을 물렀어요')
  await desk.getByRole('button', { name: fill(counselor.submit, { amount: won(AMOUNT, language) }) }).click()
  await expect(desk.getByText(counselor.result.success.title, { exact: true })).toBeVisible()
  expect(await statementOf(outsideWorld, account)).toEqual({
    ...{ balance: 1_000_000n, transferred: [AMOUNT], back: [AMOUNT] },
  })
  // A second time there is nothing left to cancel, and the record is kept (N13).
  await desk.goto(new URL(desk.url()).pathname)
  await expect(desk.getByText(merchant.refused['nothing-to-cancel'])).toBeVisible()
  await picture('bank-counselor-after', desk)
  await desk.context().close()
})

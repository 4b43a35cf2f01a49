import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { topUp } from './micro-accounts'
import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { awake, join, logIn, stranger } from './shopper'
import { payButton, won } from './split'

const PIN = '2580'
const PRODUCTS = ['lantern'] as const
const PART = 20_000n

test('e-cash is loaded by card and pays a part by PIN, a card the rest; the shop deposits what it took', async ({
  page,
  browser,
  baseURL,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  test.slow()
  const { account, checkout, shared, merchant } = words.moa
  const who = stranger()
  const card = await giveOutCard(outsideWorld, { issuer: 'narae', nickname: '큰 지출', limit: 900_000n })
  await join(page, words, who, [card])
  await page.goto('/account/e-cash')
  const pin = page.getByLabel(account.accountForms.newPin)
  await awake(page.locator('form', { has: pin }))
  await pin.fill(PIN)
  await page.getByRole('button', { name: account.eCash.open, exact: true }).click()
  await expect(page.getByText(account.eCash.done.opened)).toBeVisible()
  await topUp(page, words, 50_000n)
  await expect(page.getByText(account.eCash.done['topped-up'])).toBeVisible()
  await expect(page.getByText(won(50_000n, words.language)).first()).toBeVisible()
  await picture('e-cash')
  await findsNothing(page, 'e-cash')

  const amount = priceOf(PRODUCTS)
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await page.getByRole('radio', { name: checkout.stored.eCash }).check()
  await page.getByLabel(checkout.stored.pin, { exact: true }).fill('9999')
  await page.getByRole('checkbox', { name: checkout.stored.part.check }).check()
  await page.getByLabel(checkout.stored.part.amount, { exact: true }).fill(String(PART))
  await page
    .getByRole('group', { name: fill(checkout.stored.part.rest, { amount: won(amount - PART, words.language) }) })
    .getByRole('radio', { name: card.nickname })
    .check()
  await picture('e-cash-in-part')
  await findsNothing(page, 'e-cash at the checkout')
  await payButton(page, words, amount).click()
  await expect(page.getByText(shared.decline['wrong-pin'])).toBeVisible()
  await page.getByLabel(checkout.stored.pin, { exact: true }).fill(PIN)
  await payButton(page, words, amount).click()
  await staysWhenPaid(page, words)
  await picture('e-cash-paid')
  expect((await booked(outsideWorld, card)).charges).toEqual([amount - PART, 50_000n])

  const desk = await browser.newPage({
    ...(baseURL && { baseURL }),
    locale: words.language === 'ko' ? 'ko-KR' : 'en-US',
  })
  await desk.goto('/login?next=/merchant/e-cash')
  await logIn(
    desk,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await desk.getByRole('button', { name: merchant.eCash.deposit, exact: true }).click()
  await desk.getByRole('dialog').getByRole('button', { name: merchant.eCash.deposit, exact: true }).click()
  await expect(desk.getByText(merchant.eCash.nothing)).toBeVisible()
  await picture('e-cash-deposited', desk)
  await findsNothing(desk, 'the wallet of the shop')
  await desk.close()
})

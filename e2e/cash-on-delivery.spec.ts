import { randomInt } from 'node:crypto'
import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { textOn } from './messages'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { logIn, stranger } from './shopper'
import { payButton, won } from './split'

test('an order is paid at the door: the courier takes the cash, the buyer gets a receipt, and the sum is handed in @phone', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  const { moa, language } = words
  const { delivery, paid } = moa.checkout
  const { courier } = moa
  const products = ['lantern'] as const
  const price = priceOf(products)
  const amount = won(price, language)
  // A name and a telephone that no other journey has.
  const digits = String(randomInt(1e8)).padStart(8, '0')
  const name = `한지우 ${digits.slice(4)}`
  await order(page, { shop: places.shop, words, products, email: stranger().email })
  await toCheckout(page, words)
  await page.getByRole('radio', { name: delivery.row }).check()
  await page.getByLabel(delivery.name, { exact: true }).fill(name)
  await payButton(page, words, price).click()
  // What is missing is said, and what was typed stays.
  await expect(page.getByText(delivery.fault.address)).toBeVisible()
  await page.getByLabel(delivery.phone, { exact: true }).fill(`010-${digits.slice(0, 4)}-${digits.slice(4)}`)
  await page.getByLabel(delivery.address, { exact: true }).fill('서울시 중구 세종대로 110')
  await findsNothing(page, 'the recipient')
  await picture('delivery-checkout')
  await payButton(page, words, price).click()
  await staysWhenPaid(page, words, paid.accepted)
  await picture('delivery-accepted')

  await page.context().clearCookies()
  await page.goto('/login?next=/courier')
  await logIn(
    page,
    words,
    logins.find(({ role }) => role === 'courier')!,
  )
  const parcel = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })
  await expect(parcel).toBeVisible()
  await findsNothing(page, 'the deliveries')
  await picture('courier')
  await parcel.getByRole('button', { name: courier.collect }).click()
  await page.getByRole('button', { name: fill(courier.collectConfirm, { amount }) }).click()
  // The receipt is on the courier's screen, for the buyer to scan.
  const code = page.locator('[data-receipt]')
  await expect(code.getByRole('img')).toBeVisible()
  const scanned = (await code.getAttribute('data-receipt'))!
  await findsNothing(page, 'the receipt as a code')
  await picture('courier-receipt')
  await page.getByRole('dialog').getByRole('button', { name: moa.shared.close }).last().click()
  await expect(parcel).toBeHidden()
  await textOn(outsideWorld, `+8210${digits}`, won(price, 'ko'))
  await picture('courier-in-hand')
  const buyer = await browser.newContext({ locale: words.language })
  const slip = await buyer.newPage()
  await slip.goto(scanned)
  await expect(slip.getByRole('heading', { name: courier.slip.title })).toBeVisible()
  await expect(slip.getByText(amount)).toBeVisible()
  await findsNothing(slip, 'the receipt')
  await picture('cash-receipt', slip)
  await buyer.close()
  const handIn = page.getByRole('button', { name: new RegExp(courier.handIn.replace('{amount}', '.+')) })
  await handIn.click()
  await page.getByRole('button', { name: courier.handInConfirm }).click()
  await expect(handIn).toBeHidden()
})

import { fill } from '../components/i18n/fill'
import { readPublicId } from '../lib/ids'
import { bill } from './billing'
import { expect, test } from './fixtures'
import { giveOutLine, proveLine } from './lines'
import { textOn } from './messages'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { logIn, stranger } from './shopper'
import { payButton, won } from './split'

const PRODUCTS = ['lantern'] as const

test('a counselor is told what happens to a phone bill before cancelling: it is never billed, or taken off the next one (M-49 … M-56)', async ({
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
  const amount = priceOf(PRODUCTS)
  const desk = await (await browser.newContext()).newPage()
  await desk.goto('/login?next=/counselor')
  await logIn(
    desk,
    words,
    logins.find(({ role }) => role === 'counselor')!,
  )

  for (const way of ['not-billed', 'next-bill'] as const) {
    const line = await giveOutLine(outsideWorld)
    const orderNumber = await order(page, { shop: places.shop, words, products: PRODUCTS, email: stranger().email })
    await toCheckout(page, words)
    await proveLine(page, words, { line, outsideWorld })
    await payButton(page, words, amount).click()
    await staysWhenPaid(page, words)
    const tid = readPublicId('pay', new URL(page.url()).pathname.split('/')[2] ?? '') ?? ''
    if (way === 'next-bill') await bill(outsideWorld, tid)
    // Its holder has been told of the purchase (P7.3).
    const purchase = await textOn(outsideWorld, line.number, won(amount, 'ko'))

    await desk.goto('/counselor')
    await desk.getByRole('searchbox', { name: counselor.search }).fill(orderNumber)
    await desk.keyboard.press('Enter')
    await desk.waitForURL(/\/counselor\/pay_/)
    await expect(desk.getByText(counselor.deed[way])).toBeVisible()
    await picture(`counselor-phone-bill-${way}`, desk)
    await desk.getByRole('textbox', { name: counselor.reason }).fill('고객이 주문을 물렀어요')
    await desk.getByRole('button', { name: fill(counselor.submit, { amount: won(amount, language) }) }).click()
    await expect(desk.getByText(counselor.result.success.title, { exact: true })).toBeVisible()
    await expect(desk.getByText(merchant.refundState.refunded, { exact: true }).first()).toBeVisible()
    // The holder of the line is told, and how the money comes back.
    await textOn(outsideWorld, line.number, won(amount, 'ko'), purchase.id)
  }
  await desk.context().close()
})

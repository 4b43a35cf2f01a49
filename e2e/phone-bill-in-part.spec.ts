import { fill } from '../components/i18n/fill'
import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { giveOutLine, proveLine } from './lines'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { awake, join, stranger } from './shopper'
import { payButton, won } from './split'

const PRODUCTS = ['lantern'] as const
const PART = 20_000n

test('an order is paid in part by phone bill and in part by card, or not at all when the line says no', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  const { moa, language } = words
  const { phone, shared, checkout } = moa
  const who = stranger()
  const [line, card] = await Promise.all([
    giveOutLine(outsideWorld),
    giveOutCard(outsideWorld, { issuer: 'narae', nickname: '큰 지출', limit: 300_000n }),
  ])
  await join(page, words, who, [card])
  const amount = priceOf(PRODUCTS)
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)

  const inPart = async () => {
    const row = page.getByRole('radio', { name: phone.row })
    await awake(row)
    await row.check()
    const check = page.getByRole('checkbox', { name: phone.part.check })
    await check.check()
    await page.getByLabel(phone.part.amount, { exact: true }).fill(String(PART))
    await page
      .getByRole('group', { name: fill(phone.part.rest, { amount: won(amount - PART, language) }) })
      .getByRole('radio', { name: card.nickname })
      .check()
    await proveLine(page, words, { line, outsideWorld })
  }

  await inPart()
  await picture('phone-bill-in-part')
  // Between the code and the purchase the line is suspended: the card has said yes by then, or is never charged.
  await outsideWorld.changeLine('baram', { number: line.number, standing: 'suspended' })
  await payButton(page, words, amount).click()
  await expect(page.getByText(shared.decline['line-suspended'])).toBeVisible()
  await expect(page.getByText(checkout.declined.nothing).first()).toBeVisible()
  await picture('phone-bill-in-part-declined')
  expect(await booked(outsideWorld, card)).toEqual({ charges: [], refunds: [], held: 0n, owed: 0n })

  const other = await giveOutLine(outsideWorld)
  await page.getByRole('textbox', { name: phone.number, exact: true }).fill(other.typed)
  await proveLine(page, words, { line: other, outsideWorld })
  await payButton(page, words, amount).click()
  await staysWhenPaid(page, words)
  await expect(page.getByText(`${phone.name} •••• ${other.number.slice(-4)}`)).toBeVisible()
  await picture('phone-bill-in-part-paid')
  expect((await booked(outsideWorld, card)).charges).toEqual([amount - PART])
})

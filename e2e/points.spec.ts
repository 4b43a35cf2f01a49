import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { join, stranger } from './shopper'
import { payButton } from './split'

const PRODUCTS = ['lantern'] as const
const POINTS = 12_000n
/** Of the points service's demo (examples/module-points). */
const POINTS_CARD = { number: '1000 0001', pin: '1234' }

test('a module that is not ours asks for what it needs, and carries a part of an order beside a card @phone', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  test.slow()
  const { language } = words
  const { checkout, shared } = words.moa
  const points = language === 'ko' ? '모아 포인트' : 'Moa points'
  const labels =
    language === 'ko'
      ? { card: '포인트 카드 번호', pin: '비밀번호 네 자리' }
      : { card: 'Points card number', pin: 'Four-digit PIN' }
  const who = stranger()
  const card = await giveOutCard(outsideWorld, { issuer: 'narae', nickname: '큰 지출', limit: 900_000n })
  await join(page, words, who, [card])
  const amount = priceOf(PRODUCTS)
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)

  // Alone: what is missing is said at the field, and nobody is asked.
  await page.getByRole('radio', { name: points }).check()
  const number = page.getByLabel(labels.card, { exact: true })
  await expect(number).toHaveAttribute('inputmode', 'numeric')
  await number.fill('1000')
  await payButton(page, words, amount).click()
  await expect(page.getByText(fill(checkout.module.fault.short, { label: labels.card, count: 8 }))).toBeVisible()
  await expect(page.getByText(fill(checkout.module.fault.missing, { label: labels.pin }))).toBeVisible()
  await findsNothing(page, 'a module’s fields')
  await picture('points')

  await page.getByRole('radio', { name: checkout.mix.row }).check()
  await page.getByRole('checkbox', { name: card.nickname }).check()
  await page.getByRole('checkbox', { name: points }).check()
  await page.getByLabel(fill(checkout.mix.amount, { means: card.nickname })).fill(String(amount - POINTS))
  await page.getByLabel(fill(checkout.mix.amount, { means: points })).fill(String(POINTS))
  await page.getByLabel(labels.card, { exact: true }).fill(POINTS_CARD.number)
  await page.getByLabel(labels.pin, { exact: true }).fill('9999')
  await picture('points-and-card')
  await payButton(page, words, amount).click()
  await expect(page.getByText(shared.decline['wrong-pin'])).toBeVisible()
  await expect(page.getByLabel(labels.pin, { exact: true })).toHaveValue('')
  expect((await booked(outsideWorld, card)).charges).toEqual([])

  await page.getByLabel(labels.pin, { exact: true }).fill(POINTS_CARD.pin)
  await payButton(page, words, amount).click()
  await staysWhenPaid(page, words)
  await expect(page.getByText(new RegExp(`${points}.*0001`))).toBeVisible()
  await picture('points-paid')
  expect((await booked(outsideWorld, card)).charges).toEqual([amount - POINTS])
})

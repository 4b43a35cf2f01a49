import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { join, stranger } from './shopper'
import { chooseSplit, legOf, payButton, shareOf } from './split'

const PRODUCTS = ['moon-jar', 'soban'] as const

test('when the second issuer declines, the cards that are left pay instead if the shopper agreed to it', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  const { moa, shop } = words
  const who = stranger()
  const [first, second, third] = await Promise.all([
    giveOutCard(outsideWorld, { issuer: 'hanbit', nickname: '하늘 마일', limit: 150_000n }),
    giveOutCard(outsideWorld, { issuer: 'saero', nickname: '생활비', limit: 100_000n }),
    giveOutCard(outsideWorld, { issuer: 'narae', nickname: '큰 지출', limit: 300_000n }),
  ])
  const cards = [first, second, third]
  await join(page, words, who, cards)
  const total = priceOf(PRODUCTS)
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await chooseSplit(page, words)
  await page.getByRole('button', { name: moa.split.change, exact: true }).click()
  expect(await shareOf(page, words, second), 'the second card is asked for a share').toBeGreaterThan(0n)
  await page.getByRole('button', { name: moa.split.done, exact: true }).click()
  await page.getByRole('checkbox', { name: moa.split.consent }).check()
  // Its issuer says yes to every inquiry and no to the purchase.
  await outsideWorld.switch('saero', {
    on: 'authorization',
    card: second.number,
    do: { kind: 'decline', code: '05' },
    times: 1,
  })
  await payButton(page, words, total).click()

  await staysWhenPaid(page, words)
  const told = page.getByText(moa.checkout.paid.tookOver).locator('xpath=..')
  await expect(told).toContainText(second.nickname)
  await expect(told).toContainText(moa.shared.decline.declined)
  await expect(legOf(page, first)).toBeVisible()
  await expect(legOf(page, third)).toBeVisible()
  await picture('paid-without-the-second')

  const [a, b, c] = await Promise.all(cards.map((card) => booked(outsideWorld, card)))
  expect(b).toEqual({ charges: [], refunds: [], held: 0n, owed: 0n })
  expect([...(a?.charges ?? []), ...(c?.charges ?? [])]).toHaveLength(2)
  expect((a?.owed ?? 0n) + (c?.owed ?? 0n)).toBe(total)
  expect([a?.held, c?.held]).toEqual([0n, 0n])
  await page.getByRole('link', { name: moa.checkout.paid.backToShop }).click()
  await expect(page.getByRole('heading', { name: shop.headline.paid })).toBeVisible()
})

import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { awake, join, stranger } from './shopper'
import { chooseSplit, payButton } from './split'

const PRODUCTS = ['tea-set', 'lantern'] as const

test('when every card declines nothing is charged, and another card pays the same order without starting over (M-294)', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  const { moa, shop } = words
  const { card: form } = moa.checkout
  const who = stranger()
  const [one, two, other] = await Promise.all([
    giveOutCard(outsideWorld, { issuer: 'saero', nickname: '생활비', limit: 100_000n }),
    giveOutCard(outsideWorld, { issuer: 'daon', nickname: '백화점', limit: 100_000n }),
    giveOutCard(outsideWorld, { issuer: 'narae', nickname: '새 카드', limit: 500_000n }),
  ])
  await join(page, words, who, [one, two])
  const total = priceOf(PRODUCTS)
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await chooseSplit(page, words)
  await Promise.all(
    [one, two].map((card) =>
      outsideWorld.switch(card.issuer, {
        on: 'authorization',
        card: card.number,
        do: { kind: 'decline', code: '05' },
      }),
    ),
  )
  await payButton(page, words, total).click()

  await expect(page.getByText(moa.checkout.declined.last)).toBeVisible()
  await expect(page.getByText(moa.checkout.declined.nothing)).toBeVisible()
  await expect(page.getByRole('main')).toContainText(moa.shared.decline.declined)
  await picture('declined')
  for (const card of [one, two]) {
    expect(await booked(outsideWorld, card)).toEqual({ charges: [], refunds: [], held: 0n, owed: 0n })
  }

  const typed = page.getByRole('radio', { name: moa.checkout.newCard })
  await awake(typed)
  await typed.check()
  await page.getByLabel(form.number, { exact: true }).fill(other.number)
  await page.getByLabel(form.expiry).fill(other.expiry)
  await page.getByLabel(form.code).fill(other.securityCode)
  await payButton(page, words, total).click()
  await staysWhenPaid(page, words)
  expect(await booked(outsideWorld, other)).toEqual({ charges: [total], refunds: [], held: 0n, owed: total })
  await page.getByRole('link', { name: moa.checkout.paid.backToShop }).click()
  await expect(page.getByRole('heading', { name: shop.headline.paid })).toBeVisible()
})

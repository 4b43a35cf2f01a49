import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { misbehave, order, priceOf, toCheckout } from './shop'
import { join, stranger } from './shopper'
import { payButton } from './split'

for (const { confirm, title, reason } of [
  {
    confirm: 'mismatch',
    title: 'says that the amount is not that of its order (M-207)',
    reason: 'shop-mismatch',
  },
  { confirm: 'silent', title: 'does not answer', reason: 'shop-no-answer' },
  { confirm: 'garbage', title: 'answers without a signature', reason: 'shop-refused' },
] as const) {
  test(`nothing is charged when the shop ${title}, and the shopper is told (M-208)`, async ({
    page,
    request,
    places,
    outsideWorld,
    words,
    picture,
  }) => {
    const { moa } = words
    const who = stranger()
    const card = await giveOutCard(outsideWorld, { issuer: 'narae', nickname: '큰 지출', limit: 1_000_000n })
    await join(page, words, who, [card])
    const number = await order(page, { shop: places.shop, words, products: ['lantern'], email: who.email })
    await misbehave(request, places.shop, { order: number, confirm })
    await toCheckout(page, words)
    await payButton(page, words, priceOf(['lantern'])).click()

    await expect(page.getByText(moa.shared.decline[reason])).toBeVisible({ timeout: 40_000 })
    await expect(page.getByText(moa.checkout.declined.nothing)).toBeVisible()
    await picture(`shop-${confirm}`)
    expect(await booked(outsideWorld, card)).toEqual({ charges: [], refunds: [], held: 0n, owed: 0n })
  })
}

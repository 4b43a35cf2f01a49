import { fill } from '../components/i18n/fill'
import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { join, logIn, stranger } from './shopper'
import { chooseSplit, legOf, payButton, shareField, shareOf, won } from './split'

const PRODUCTS = ['moon-jar', 'soban', 'tea-set'] as const

/** Longer than the others need, so that it can be seen how one issuer is still being waited for; after five seconds nobody waits. */
const LAST_ISSUER_TAKES_MS = 3500

for (const { locale, names } of [
  { locale: 'ko-KR', names: ['하늘 마일', '생활비', '큰 지출'] },
  { locale: 'en-US', names: ['Sky Miles', 'Everyday', 'Big buys'] },
] as const) {
  test.describe(`for a reader of ${locale}`, () => {
    test.use({ locale })

    test(
      'a shopper goes from the shelf to a receipt paid by three issuers, each charged exactly its share (M-290, M-250, M-282)',
      { tag: '@phone' },
      async ({ page, browser, places, outsideWorld, words, picture }) => {
        const { moa, shop, language } = words
        const who = stranger(language === 'en' ? 'Jiwoo Han' : '한지우')
        const [sky, daily, large] = await Promise.all([
          giveOutCard(outsideWorld, { issuer: 'hanbit', nickname: names[0], limit: 200_000n }),
          giveOutCard(outsideWorld, { issuer: 'saero', nickname: names[1], limit: 160_000n }),
          giveOutCard(outsideWorld, { issuer: 'narae', nickname: names[2], limit: 150_000n }),
        ])
        const cards = [sky, daily, large]
        // Joined some other day, in some other browser.
        const elsewhere = await browser.newContext()
        await join(await elsewhere.newPage(), words, who, cards)
        await elsewhere.close()

        const total = priceOf(PRODUCTS)
        await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
        await picture('1-order')
        await toCheckout(page, words)
        await picture('2-checkout-stranger')
        await page.getByRole('link', { name: moa.checkout.loginFor }).click()
        await logIn(page, words, who)
        await chooseSplit(page, words)
        await picture('3-proposal')

        await page.getByRole('button', { name: moa.split.change, exact: true }).click()
        const proposed = await Promise.all(cards.map((card) => shareOf(page, words, card)))
        expect(proposed.reduce((sum, share) => sum + share, 0n)).toBe(total)
        await shareField(page, words, sky).fill(String((proposed[0] ?? 0n) - 20_000n))
        await expect(page.getByText(moa.split.changed)).toBeVisible()
        await picture('4-changed')
        await page.getByRole('button', { name: moa.split.back }).click()
        expect(await Promise.all(cards.map((card) => shareOf(page, words, card)))).toEqual(proposed)
        await page.getByRole('button', { name: moa.split.done, exact: true }).click()

        await outsideWorld.switch('narae', {
          on: 'authorization',
          card: large.number,
          do: { kind: 'late', ms: LAST_ISSUER_TAKES_MS },
          times: 1,
        })
        await payButton(page, words, total).click()
        await expect(legOf(page, sky)).toContainText(moa.checkout.leg.authorized)
        await expect(legOf(page, daily)).toContainText(moa.checkout.leg.authorized)
        await expect(legOf(page, large)).toContainText(moa.checkout.leg.authorizing)
        await picture('5-paying')

        await staysWhenPaid(page, words)
        for (const [at, card] of cards.entries()) {
          await expect(legOf(page, card)).toContainText(won(proposed[at] ?? 0n, language))
        }
        await expect(page.getByText(fill(moa.checkout.paid.receiptSent, { email: who.email }))).toBeVisible()
        await picture('6-paid')
        await page.getByRole('link', { name: moa.checkout.paid.backToShop }).click()
        await expect(page.getByRole('heading', { name: shop.headline.paid })).toBeVisible()
        await picture('7-back-at-the-shop')

        const books = await Promise.all(cards.map((card) => booked(outsideWorld, card)))
        expect(books).toEqual(proposed.map((share) => ({ charges: [share], refunds: [], held: 0n, owed: share })))
        const mail = await mailTo(outsideWorld, who.email, won(total, language))
        for (const { number } of cards) {
          expect(mail.text).toContain(number.slice(-4))
          expect(mail.text).not.toContain(number)
        }
      },
    )
  })
}

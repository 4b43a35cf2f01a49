import { fill } from '../components/i18n/fill'
import { booked, sum } from './cards'
import { expect, test } from './fixtures'
import { newShopper } from './purchase'
import { order, payByNumber, priceOf } from './shop'
import { findSplit, shareOf } from './split'

const PRODUCTS = ['moon-jar', 'soban'] as const

test(
  'a V-Card number typed into an ordinary card field pays over the three cards behind it (M-266, M-275, M-280, M-278, M-279, M-295, M-333)',
  { tag: '@phone' },
  async ({ page, context, places, outsideWorld, words, picture }) => {
    const { moa, shop } = words
    const { vcard, newVcard } = moa.account
    const amount = priceOf(PRODUCTS)
    const { who, cards } = await newShopper(page, { ...places, outsideWorld, words })

    await findSplit(page, words, amount)
    const shares = await Promise.all(cards.map((card) => shareOf(page, words, card)))
    expect(sum(shares)).toBe(amount)
    await page.getByRole('button', { name: moa.split.done, exact: true }).click()
    await picture('vcard-found')
    await page.getByRole('button', { name: newVcard.create, exact: true }).click()
    await page.getByRole('button', { name: vcard.show }).click()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: vcard.copy }).click()
    await expect(page.getByRole('button', { name: vcard.copied })).toBeVisible()
    const number = await page.evaluate(() => navigator.clipboard.readText())
    expect(number).toMatch(/^9410\d{12}$/)
    const expiry = (await page.getByText(vcard.expiry).locator('xpath=following-sibling::p').innerText()).trim()
    await picture('vcard')

    await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
    await payByNumber(page, words, { number, expiry })
    await expect(page.getByRole('heading', { name: shop.headline.paid })).toBeVisible()

    for (const [at, card] of cards.entries()) {
      const share = shares[at]!
      expect(await booked(outsideWorld, card)).toEqual({ charges: [share], refunds: [], held: 0n, owed: share })
    }
    await page.goto('/account/vcards')
    await expect(page.getByText(moa.account.vcards.state.approved)).toBeVisible()
    await page.goto('/account/purchases')
    await expect(
      page.getByText(fill('{name}', { name: shop.andMore(words.language === 'ko' ? '달항아리' : 'Moon jar', 1) })),
    ).toBeVisible()
    await picture('purchases')

    await page.getByRole('link', { name: shop.andMore(words.language === 'ko' ? '달항아리' : 'Moon jar', 1) }).click()
    const { receipt } = moa.shared
    await expect(page.getByText(receipt.vcardApproval)).toBeVisible()
    await expect(page.getByText(new RegExp(`^${receipt.approval} [0-9A-Z]{6}$`))).toHaveCount(cards.length)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: receipt.pdf }).click()
    expect((await download).suggestedFilename()).toMatch(/^receipt-pay_.*\.pdf$/)
    await picture('purchase')
  },
)

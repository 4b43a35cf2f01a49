import { booked, sum } from './cards'
import { seeChart } from './charts'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { newShopper } from './purchase'
import { order, payByNumber, priceOf } from './shop'
import { awake } from './shopper'
import { findSplit, shareField, shareOf, won } from './split'

const PRODUCTS = ['moon-jar', 'soban'] as const

for (const locale of ['ko-KR', 'en-US']) {
  test.describe(locale, () => {
    test.use({ locale })

    test('from the survey over a proposal, changed and put back, to a V-Card that pays at the shop (M-237, M-272, M-274, M-321, M-322, M-327)', async ({
      page,
      places,
      outsideWorld,
      words,
      picture,
    }) => {
      // The longest way there is: account, three cards, survey, proposal, V-Card, shop, mail.
      test.slow()
      const { moa, shop } = words
      const { preferences, newVcard, vcard } = moa.account
      const amount = priceOf(PRODUCTS)
      const { who, cards } = await newShopper(page, { ...places, outsideWorld, words })

      await page.goto('/account/preferences?survey')
      for (const answer of [preferences.feature.rewards, preferences.reward.miles, preferences.bill['in-full']]) {
        const choice = page.getByRole('radio', { name: answer, exact: true })
        await awake(choice)
        await choice.check()
        await page.getByRole('button', { name: preferences.continue, exact: true }).click()
      }
      await expect(page.getByRole('heading', { name: preferences.meaning })).toBeVisible()
      await page.getByRole('button', { name: preferences.save, exact: true }).click()
      await expect(page.getByText(preferences.saved)).toBeVisible()

      await findSplit(page, words, amount)
      const proposed = await Promise.all(cards.map((card) => shareOf(page, words, card)))
      expect(sum(proposed)).toBe(amount)

      // Another share: the total stays, the figures follow, and the proposal is a button away.
      const changed = shareField(page, words, cards[0]!)
      await changed.fill('100000')
      await changed.press('Tab')
      await expect(page.getByText(moa.split.changed)).toBeVisible()
      expect(sum(await Promise.all(cards.map((card) => shareOf(page, words, card))))).toBe(amount)
      await page.getByRole('button', { name: moa.split.back }).click()
      await expect(changed).toHaveValue(proposed[0]!.toLocaleString('en'))
      await page.getByRole('button', { name: moa.split.done, exact: true }).click()

      await page.getByRole('button', { name: moa.split.chart }).click()
      await expect(page.locator('[data-chart=bars]')).toBeVisible()
      await picture('proposal-as-chart')
      await page.getByRole('button', { name: moa.split.asTable }).click()
      const table = page.getByRole('table', { name: new RegExp(`^${moa.split.chartLabel.split('{')[0]}`) })
      await expect(table.getByRole('row')).toHaveCount(proposed.filter((share) => share > 0n).length + 1)

      await page.getByRole('button', { name: newVcard.create, exact: true }).click()
      await page.getByRole('button', { name: vcard.show }).click()
      const shown = page.getByTestId('vcard-number')
      await expect(shown).toContainText(/9410 \d{4} \d{4} \d{4}/)
      const number = (await shown.innerText()).replaceAll(/[^0-9]/g, '')
      const expiry = (await page.getByText(vcard.expiry).locator('xpath=following-sibling::p').innerText()).trim()

      await order(page, { shop: places.shop, words, products: PRODUCTS, email: 'somebody-else@moa.example' })
      await payByNumber(page, words, { number, expiry })
      await expect(page.getByRole('heading', { name: shop.headline.paid })).toBeVisible()
      const booksOfAll = await Promise.all(cards.map((card) => booked(outsideWorld, card)))
      expect(booksOfAll.map(({ owed }) => owed)).toEqual(proposed)

      // Its holder hears of the use, in the language of the account.
      const mail = await mailTo(outsideWorld, who.email, cards[0]!.number.slice(-4))
      expect(mail.subject).toContain(won(amount, words.language))
      await page.goto('/account')
      await seeChart(page, moa.account.home.spendingLabel.split('{')[0]!)
      await picture('my-moa-with-spending')
    })
  })
}

import type { Page } from '@playwright/test'
import { fill } from '../components/i18n/fill'
import { booked, giveOutCard, sum } from './cards'
import { expect, test } from './fixtures'
import { openAccount, topUp } from './micro-accounts'
import { staysWhenPaid } from './paid'
import { search } from './search'
import { order, priceOf, toCheckout } from './shop'
import { join, logIn, stranger } from './shopper'
import { payButton, won } from './split'
import type { ReaderWords } from './words'

const PIN = '2580'
const PRODUCTS = ['soban'] as const
const PRICE = priceOf(PRODUCTS)
const ON_CARD = 20_000n
const ON_ACCOUNT = 10_000n
const REASON = '한 점이 깨져서 왔어요'
/** Odd enough that no division of it comes out even. */
const PART = 1_001n
/** The worker looks for credit advices every twenty seconds. */
const ADVICE = { timeout: 90_000 }

/** Refunds a part in the portal by a strategy; answers what went back over each leg, as the preview said. */
async function refundPart(portal: Page, words: ReaderWords, strategy: string): Promise<readonly bigint[]> {
  const { refund } = words.moa.merchant
  const before = await portal.getByText(REASON).count()
  await portal.getByRole('button', { name: refund.title, exact: true }).click()
  const dialog = portal.getByRole('dialog', { name: refund.title })
  await dialog.getByRole('textbox', { name: refund.amount }).fill(String(PART))
  await dialog.getByRole('radio', { name: strategy }).check()
  const shares = dialog.locator('dl dd')
  await expect
    .poll(async () => sum((await shares.allInnerTexts()).map((text) => BigInt(text.replaceAll(/\D/g, '') || '0'))))
    .toBe(PART)
  const names = await dialog.locator('dl dt').allInnerTexts()
  const amounts = (await shares.allInnerTexts()).map((text) => BigInt(text.replaceAll(/\D/g, '')))
  await dialog.getByRole('textbox', { name: refund.reason }).fill(REASON)
  await dialog.getByRole('button', { name: fill(refund.confirm, { amount: won(PART, words.language) }) }).click()
  await expect(dialog).toBeHidden()
  // The page behind is read anew, and with it the dialog: whoever goes on has seen the refund.
  await expect(portal.getByText(REASON)).toHaveCount(before + 1)
  expect(names).toHaveLength(amounts.length)
  return amounts
}

test('an order on a card, an account and giro goes back in parts: in proportion, last means first, and over one means', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  test.slow()
  const { moa, language } = words
  const { mix, giro, stored, paid } = moa.checkout
  const who = stranger()
  const card = await giveOutCard(outsideWorld, { issuer: 'narae', nickname: '큰 지출', limit: 900_000n })
  await join(page, words, who, [card])
  const account = await openAccount(page, words, { nickname: '용돈', mobile: '010-5555-4321', pin: PIN })
  await topUp(page, words, 50_000n)
  const orderNumber = await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await page.getByRole('radio', { name: mix.row }).check()
  const part = async (name: string, amount: bigint) => {
    await page.getByRole('checkbox', { name, exact: false }).first().check()
    await page.getByRole('textbox', { name: fill(mix.amount, { means: name }) }).fill(String(amount))
  }
  await part(card.nickname, ON_CARD)
  await part(account.nickname, ON_ACCOUNT)
  await page.getByLabel(stored.pin, { exact: true }).fill(PIN)
  await page.getByRole('checkbox', { name: giro.row }).check()
  await expect(page.getByText(mix.whole)).toBeVisible()
  await payButton(page, words, PRICE).click()
  await staysWhenPaid(page, words, paid.accepted)

  await page.goto('/account/purchases')
  await page.locator('a[href^="/account/purchases/pay_"]').first().click()
  const reference = await page
    .getByText(/^RF[0-9]{2} [0-9]{4} [0-9]{4} [0-9]{4}/)
    .first()
    .innerText()
  await outsideWorld.payIn('gaon', [{ amount: String(PRICE - ON_CARD - ON_ACCOUNT), reference, payer: who.name }])
  await expect(async () => {
    await page.reload()
    await expect(page.getByText(moa.shared.giro.panel)).toBeHidden({ timeout: 5_000 })
  }).toPass(ADVICE)

  const portal = await (await browser.newContext()).newPage()
  await portal.goto('/login?next=/merchant/payments')
  await logIn(
    portal,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await search(portal, orderNumber)
  await portal.getByRole('row').nth(1).getByRole('link').first().click()
  await expect(portal.getByRole('heading', { name: moa.merchant.payment.legs })).toBeVisible()

  const { refund } = moa.merchant
  const inProportion = [await refundPart(portal, words, refund.ratio), await refundPart(portal, words, refund.ratio)]
  for (const shares of inProportion) expect(shares).toHaveLength(3)
  // The last means is giro: it carries both parts alone, and has enough left.
  const lastFirst = [
    await refundPart(portal, words, refund.lastFirst),
    await refundPart(portal, words, refund.lastFirst),
  ]
  expect(lastFirst).toEqual([[PART], [PART]])
  // The first means is the card.
  const chosen = [await refundPart(portal, words, refund.chosen), await refundPart(portal, words, refund.chosen)]
  expect(chosen).toEqual([[PART], [PART]])
  await portal.reload()
  await picture('mixed-refunds', portal)

  const overCard = [...inProportion.map(([share]) => share ?? 0n), PART, PART]
  await expect.poll(async () => sum((await booked(outsideWorld, card)).refunds)).toBe(sum(overCard))
  // What went back over giro is its payer's, and waits to be transferred back.
  await portal.goto('/merchant/unpaid/credits')
  const overGiro = sum([...inProportion.map((shares) => shares.at(-1) ?? 0n), PART, PART])
  await expect(
    portal
      .getByRole('row')
      .filter({ hasText: won(overGiro, language) })
      .first(),
  ).toBeVisible()
  await portal.context().close()
})

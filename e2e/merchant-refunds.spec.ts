import { fill } from '../components/i18n/fill'
import { ISSUERS } from '../simulators/issuers/catalogue'
import { booked, sum } from './cards'
import { expect, test } from './fixtures'
import { paidPurchase } from './purchase'
import { search } from './search'
import { logIn } from './shopper'
import { won } from './split'

const PART = 100_001n

test('a merchant refunds a part: each issuer gives back what the preview said of its card (M-148)', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  const { language } = words
  const { refund, payment: texts } = words.moa.merchant
  const { cards, orderNumber } = await paidPurchase(page, { ...places, outsideWorld, words })
  const charged = await Promise.all(cards.map((card) => booked(outsideWorld, card)))

  const portal = await (await browser.newContext()).newPage()
  await portal.goto('/login?next=/merchant/payments')
  await logIn(
    portal,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await picture('merchant-payments', portal)
  await search(portal, orderNumber)
  await portal.getByRole('link', { name: language === 'ko' ? '달항아리' : 'Moon jar' }).click()
  await expect(portal.getByRole('heading', { name: texts.legs })).toBeVisible()
  await picture('merchant-payment', portal)

  await portal.getByRole('button', { name: refund.title, exact: true }).click()
  const dialog = portal.getByRole('dialog', { name: refund.title })
  await dialog.getByRole('textbox', { name: refund.amount }).fill(String(PART))
  const previewed = []
  for (const { issuer, number } of cards) {
    const name = ISSUERS.find(({ code }) => code === issuer)?.name[language]
    const line = dialog.getByRole('term').filter({ hasText: `${name} •••• ${number.slice(-4)}` })
    const share = line.locator('xpath=following-sibling::dd')
    await expect(share).toHaveText(/\d/)
    previewed.push(BigInt((await share.innerText()).replaceAll(/\D/g, '')))
  }
  expect(sum(previewed)).toBe(PART)
  await picture('merchant-refund', portal)
  await dialog.getByRole('textbox', { name: refund.reason }).fill('한 점이 깨져서 왔어요')
  await dialog.getByRole('button', { name: fill(refund.confirm, { amount: won(PART, language) }) }).click()
  await expect(dialog).toBeHidden()
  await expect(portal.getByRole('heading', { name: texts.refunds })).toBeVisible()
  await picture('merchant-refunded', portal)

  for (const [at, card] of cards.entries()) {
    const { charges, owed } = charged[at]!
    const back = previewed[at]!
    expect(await booked(outsideWorld, card)).toEqual({ charges, refunds: [back], held: 0n, owed: owed - back })
  }
  await portal.context().close()
})

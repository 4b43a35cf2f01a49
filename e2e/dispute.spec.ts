import { fill } from '../components/i18n/fill'
import { booked, sum } from './cards'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { paidPurchase } from './purchase'
import { awake, logIn } from './shopper'
import { won } from './split'

test('a shopper disputes a purchase, the shop answers, a counselor decides, and the money comes back', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  test.slow()
  const { disputes } = words.moa
  const { who, cards, amount } = await paidPurchase(page, { ...places, outsideWorld, words })
  await page.goto('/account/purchases')
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
  await page.getByRole('link', { name: disputes.shopper.begin }).click()
  await page.waitForURL(/\/dispute$/)
  await awake(page.locator('form', { has: page.getByLabel(disputes.shopper.reason) }))
  await page.getByLabel(disputes.shopper.reason).selectOption('damaged')
  await page.getByRole('button', { name: disputes.shopper.send }).click()
  // Nothing was said: it is refused in words, and what was chosen stays.
  await expect(page.getByText(disputes.shopper.refused.words)).toBeVisible()
  await expect(page.getByLabel(disputes.shopper.reason)).toHaveValue('damaged')
  await page.getByLabel(disputes.shopper.words).fill('항아리에 금이 갔어요')
  await picture('dispute-claim')
  await page.getByRole('button', { name: disputes.shopper.send }).click()
  await expect(page.getByText(disputes.state.open, { exact: true })).toBeVisible()
  await picture('dispute-open')

  const portal = await (await browser.newContext()).newPage()
  await portal.goto('/login?next=/merchant/disputes')
  await logIn(
    portal,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await picture('dispute-list', portal)
  await portal.getByRole('table').getByRole('link').first().click()
  await portal.waitForURL(/\/merchant\/disputes\/dis_/)
  await awake(portal.locator('form', { has: portal.getByLabel(disputes.desk.answerWords) }))
  await portal.getByLabel(disputes.desk.answerWords, { exact: true }).fill('사진을 보고 일부를 돌려드릴게요')
  await portal.getByLabel(disputes.desk.offer).fill('10000')
  await picture('dispute-answer', portal)
  await portal.getByRole('button', { name: disputes.desk.sendAnswer }).click()
  await expect(portal.getByText(disputes.state.answered, { exact: true })).toBeVisible()

  await page.reload()
  await expect(page.getByText(fill(disputes.shopper.offered, { amount: won(10_000n, words.language) }))).toBeVisible()
  await picture('dispute-offer')

  const desk = await (await browser.newContext()).newPage()
  await desk.goto('/login?next=/counselor/disputes')
  await logIn(
    desk,
    words,
    logins.find(({ role }) => role === 'counselor')!,
  )
  await picture('dispute-queue', desk)
  await desk.getByRole('table').getByRole('link').first().click()
  await desk.waitForURL(/\/counselor\/disputes\/dis_/)
  await awake(desk.locator('form', { has: desk.getByLabel(disputes.desk.words) }))
  await desk.getByLabel(disputes.desk.grant).fill('50000')
  await desk.getByLabel(disputes.desk.words).fill('금이 간 것이 사진에 보여요')
  await picture('dispute-decide', desk)
  await desk.getByRole('button', { name: disputes.desk.decide, exact: true }).click()
  await expect(desk.getByText(disputes.state.decided, { exact: true }).first()).toBeVisible()
  await picture('dispute-decided', desk)

  await page.reload()
  await expect(page.getByText(disputes.outcome.part)).toBeVisible()
  const left = await Promise.all(cards.map((card) => booked(outsideWorld, card)))
  expect(sum(left.map(({ owed }) => owed))).toBe(amount - 50_000n)
  await mailTo(outsideWorld, who.email, '금이 간 것이 사진에 보여요')
  await portal.context().close()
  await desk.context().close()
})

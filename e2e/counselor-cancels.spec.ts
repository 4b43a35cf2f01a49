import { fill } from '../components/i18n/fill'
import { booked, sum } from './cards'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { paidPurchase } from './purchase'
import { logIn } from './shopper'
import { won } from './split'

test('a counselor cancels a purchase for a caller: every issuer gives back what it charged (M-148)', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  const { counselor, merchant } = words.moa
  const { who, cards, orderNumber, amount } = await paidPurchase(page, { ...places, outsideWorld, words })
  const charged = await Promise.all(cards.map((card) => booked(outsideWorld, card)))
  expect(sum(charged.map(({ owed }) => owed))).toBe(amount)
  const told = won(amount, words.language)
  const receipt = await mailTo(outsideWorld, who.email, told)

  const desk = await (await browser.newContext()).newPage()
  await desk.goto('/login?next=/counselor')
  await logIn(
    desk,
    words,
    logins.find(({ role }) => role === 'counselor')!,
  )
  await desk.getByRole('searchbox', { name: counselor.search }).fill(orderNumber)
  await desk.keyboard.press('Enter')
  // One purchase was found, so it is opened at once.
  await desk.waitForURL(/\/counselor\/pay_/)

  // What will happen is said of each card before it happens.
  const planned = desk.getByText(counselor.deed.refund)
  await expect(planned).toHaveCount(cards.length)
  for (const { owed } of charged)
    await expect(
      desk
        .getByRole('definition')
        .filter({ hasText: won(owed, words.language) })
        .first(),
    ).toBeVisible()
  await picture('counselor-before', desk)
  await desk.getByRole('textbox', { name: counselor.reason }).fill('고객이 주문을 물렀어요')
  await desk.getByRole('button', { name: fill(counselor.submit, { amount: won(amount, words.language) }) }).click()
  await expect(desk.getByText(counselor.result.success.title, { exact: true })).toBeVisible()
  await expect(desk.getByText(merchant.refundState.refunded, { exact: true }).first()).toBeVisible()
  await picture('counselor-after', desk)

  for (const [at, card] of cards.entries()) {
    const { charges } = charged[at]!
    expect(await booked(outsideWorld, card)).toEqual({ charges, refunds: charges, held: 0n, owed: 0n })
  }
  await mailTo(outsideWorld, who.email, told, receipt.id)
  await desk.context().close()
})

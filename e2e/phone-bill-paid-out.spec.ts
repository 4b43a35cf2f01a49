import { randomInt } from 'node:crypto'
import { fill } from '../components/i18n/fill'
import { readPublicId } from '../lib/ids'
import { BILLING_CENTRES } from '../simulators/billing-centre/catalogue'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { askForCode, codeFor, typeCode } from './lines'
import { mailTo, textOn } from './messages'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { awake, logIn, stranger } from './shopper'
import { payButton, won } from './split'

const PRODUCTS = ['lantern'] as const
/** Bills calling cards only, so that no other journey's bills are collected with this one's. */
const CENTRE = BILLING_CENTRES.find(({ code }) => code === 'NURI')!

test('after the bill was paid a cancel is paid out by hand: foreseen at the desk, owed in the portal, booked once, and the shopper is told', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  // A file, its collection and three people at work.
  test.slow()
  const { moa, language } = words
  const { counselor, operator, phone } = moa
  const { payouts } = moa.merchant.phoneBill
  const amount = won(priceOf(PRODUCTS), language)
  const person = (role: string) => logins.find((login) => login.role === role)!
  const who = stranger()
  const digits = () => String(randomInt(1e8)).padStart(8, '0')
  const card = { number: `7${digits()}${digits()}`.slice(0, 12), pin: '2468', notify: `+8210${digits()}` }
  await outsideWorld.changeLine('nuri', { ...card, standing: 'active', name: who.name, birthDate: '1990-04-12' })

  const orderNumber = await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  const row = page.getByRole('radio', { name: phone.row })
  await awake(row)
  await row.check()
  await page.getByText(phone.kind['calling-card'], { exact: true }).click()
  await page.getByRole('textbox', { name: phone.cardNumber }).fill(card.number)
  await page.getByLabel(phone.pin, { exact: true }).fill(card.pin)
  await askForCode(page, words)
  await typeCode(page, words, (await codeFor(outsideWorld, { number: card.notify })).digits)
  await expect(page.getByText(phone.proved)).toBeVisible()
  await payButton(page, words, priceOf(PRODUCTS)).click()
  await staysWhenPaid(page, words)
  const transfer = `KB-${digits()}`
  const tid = readPublicId('pay', new URL(page.url()).pathname.split('/')[2] ?? '') ?? ''

  const at = async (role: string, place: string) => {
    const desk = await (await browser.newContext()).newPage()
    await desk.goto(`/login?next=${place}`)
    await logIn(desk, words, person(role))
    return desk
  }

  // The operator does not wait for the night.
  const console_ = await at('operator', '/operator/phone-bill')
  const { centres } = operator.phoneBill
  const centre = console_.getByRole('table', { name: centres.title }).getByRole('row').filter({ hasText: CENTRE.code })
  await centre.getByRole('button', { name: centres.make }).click()
  const making = console_.getByRole('dialog', { name: fill(centres.makeTitle, { centre: CENTRE.name[language] }) })
  await making.getByRole('button', { name: centres.make }).click()
  await expect(making).toBeHidden()
  await picture('operator-phone-bill', console_)
  await expect
    .poll(async () => (await outsideWorld.bills(CENTRE.code)).some((bill) => bill.tid === tid), { timeout: 60_000 })
    .toBe(true)
  await outsideWorld.collect(CENTRE.code)

  const desk = await at('counselor', '/counselor')
  await desk.getByRole('searchbox', { name: counselor.search }).fill(orderNumber)
  await desk.keyboard.press('Enter')
  await desk.waitForURL(/\/counselor\/pay_/)
  await expect(async () => {
    await desk.reload()
    await expect(desk.getByText(counselor.deed['by-hand'])).toBeVisible({ timeout: 5_000 })
  }).toPass({ timeout: 60_000 })
  await picture('counselor-phone-bill-by-hand', desk)
  await desk.getByRole('textbox', { name: counselor.reason }).fill('고객이 주문을 물렀어요')
  await desk.getByRole('button', { name: fill(counselor.submit, { amount }) }).click()
  await expect(desk.getByText(counselor.result.success.title, { exact: true })).toBeVisible()

  const portal = await at('owner', '/merchant/phone-bill/payouts')
  const due = portal.getByRole('table', { name: payouts.due }).getByRole('row').filter({ hasText: orderNumber })
  await expect(due).toContainText(amount)
  await picture('merchant-payouts', portal)
  await findsNothing(portal, 'refunds to pay out')
  await due.getByRole('button', { name: payouts.pay }).click()
  const dialog = portal.getByRole('dialog', { name: fill(payouts.payTitle, { amount }) })
  await picture('merchant-payout', portal)
  const told = await textOn(outsideWorld, card.notify, won(priceOf(PRODUCTS), 'ko'))
  await dialog.getByRole('textbox', { name: payouts.named }).fill(transfer)
  await dialog.getByRole('button', { name: fill(payouts.confirm, { amount }) }).click()
  await expect(dialog).toBeHidden()
  const paid = portal.getByRole('table', { name: payouts.paid }).getByRole('row').filter({ hasText: orderNumber })
  await expect(paid).toContainText(transfer)
  await expect(due).toHaveCount(0)
  await picture('merchant-paid-out', portal)

  await textOn(outsideWorld, card.notify, won(priceOf(PRODUCTS), 'ko'), told.id)
  await mailTo(outsideWorld, who.email, transfer)
  for (const each of [console_, desk, portal]) await each.context().close()
})

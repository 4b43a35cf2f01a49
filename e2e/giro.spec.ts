import { randomBytes } from 'node:crypto'
import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { openAccount, topUp } from './micro-accounts'
import { staysWhenPaid } from './paid'
import { search } from './search'
import { order, priceOf, toCheckout } from './shop'
import { join, logIn, stranger } from './shopper'
import { payButton, won } from './split'

const PIN = '2580'
/** The worker looks for credit advices every twenty seconds. */
const ADVICE = { timeout: 90_000 }

test('giro paid short still waits for the rest; the shop sees it, reminds, and it is paid in full @phone', async ({
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
  const { giro, paid } = moa.checkout
  const { unpaid } = moa.merchant
  const products = ['lantern'] as const
  const price = priceOf(products)
  const { email } = stranger()
  const payer = `한지우 ${randomBytes(3).toString('hex')}`
  await order(page, { shop: places.shop, words, products, email })
  await toCheckout(page, words)
  await page.getByRole('radio', { name: giro.row }).check()
  await payButton(page, words, price).click()
  // What is missing is said, and nothing was asked of anybody.
  await expect(page.getByText(giro.fault.name)).toBeVisible()
  await page.getByLabel(giro.name, { exact: true }).fill(payer)
  await page.getByLabel(giro.email, { exact: true }).fill(email)
  await findsNothing(page, 'giro at the checkout')
  await picture('giro-checkout')
  await payButton(page, words, price).click()
  await staysWhenPaid(page, words, paid.accepted)

  const { text: statement } = await mailTo(outsideWorld, email, /RF[0-9]{2} [0-9]{4} [0-9]{4} [0-9]{4}/)
  const reference = /RF[0-9]{2} [0-9]{4} [0-9]{4} [0-9]{4}/.exec(statement)![0]
  const address = /http\S+[/]statement[/]\S+/.exec(statement)![0]
  await page.goto(address)
  await expect(page.getByText(reference)).toBeVisible()
  await findsNothing(page, 'a statement')
  await picture('giro-statement')
  const pdf = await page.request.get(address.replace('?', '/pdf?'))
  expect(pdf.headers()['content-type']).toBe('application/pdf')

  await outsideWorld.payIn('gaon', [{ amount: '10000', reference, payer }])
  const left = won(price - 10_000n, language)
  await expect(async () => {
    await page.reload()
    await expect(page.getByText(left).first()).toBeVisible({ timeout: 5_000 })
  }).toPass(ADVICE)

  const portal = await (await browser.newContext()).newPage()
  await portal.goto('/login?next=/merchant/unpaid')
  await logIn(
    portal,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await search(portal, payer)
  const row = portal.getByRole('listitem').filter({ hasText: reference }).first()
  await expect(row).toContainText(left)
  await findsNothing(portal, 'what is unpaid')
  await picture('unpaid', portal)
  await row.getByRole('button', { name: unpaid.demand.title }).click()
  await portal.getByRole('dialog').getByRole('button', { name: unpaid.demand.confirm }).click()
  await expect(portal.getByRole('dialog')).toBeHidden()
  await mailTo(outsideWorld, email, language === 'ko' ? /독촉/ : /reminder/i)

  await outsideWorld.payIn('gaon', [{ amount: String(price - 10_000n), message: `${payer} ${reference}` }])
  await expect(async () => {
    await portal.reload()
    await expect(portal.getByText(unpaid.notFound)).toBeVisible({ timeout: 5_000 })
  }).toPass(ADVICE)
})

test('an order is divided over a card, an account and giro: the parts are taken at once, the rest when it has come', async ({
  page,
  places,
  outsideWorld,
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

  const products = ['soban'] as const
  const price = priceOf(products)
  await order(page, { shop: places.shop, words, products, email: who.email })
  await toCheckout(page, words)
  await page.getByRole('radio', { name: mix.row }).check()
  const part = async (name: string, amount: bigint) => {
    await page.getByRole('checkbox', { name, exact: false }).first().check()
    await page.getByRole('textbox', { name: fill(mix.amount, { means: name }) }).fill(String(amount))
  }
  await part(card.nickname, 20_000n)
  await part(account.nickname, 10_000n)
  await page.getByLabel(stored.pin, { exact: true }).fill(PIN)
  // Too little in all: it is said, and nothing is asked.
  await payButton(page, words, price).click()
  await expect(page.getByText(mix.fault.sum)).toBeVisible()
  await page.getByRole('checkbox', { name: giro.row }).check()
  await expect(page.getByText(mix.whole)).toBeVisible()
  await findsNothing(page, 'an order divided over several means')
  await picture('mix-checkout')
  await payButton(page, words, price).click()
  await staysWhenPaid(page, words, paid.accepted)
  await picture('mix-accepted')

  await page.goto('/account/purchases')
  await page.locator('a[href^="/account/purchases/pay_"]').first().click()
  await expect(page.getByText(moa.shared.giro.panel)).toBeVisible()
  await findsNothing(page, 'a purchase that is paid later')
  await picture('giro-purchase')
  const reference = await page
    .getByText(/^RF[0-9]{2} [0-9]{4} [0-9]{4} [0-9]{4}/)
    .first()
    .innerText()
  await outsideWorld.payIn('gaon', [{ amount: String(price - 30_000n), reference }])
  await expect(async () => {
    await page.reload()
    await expect(page.getByText(moa.shared.giro.panel)).toBeHidden({ timeout: 5_000 })
  }).toPass(ADVICE)
  await expect(page.getByText(won(price, language)).first()).toBeVisible()
})

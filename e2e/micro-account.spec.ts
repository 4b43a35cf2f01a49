import { randomInt } from 'node:crypto'
import { fill } from '../components/i18n/fill'
import { atWork } from './at-work'
import { findsNothing } from './axe'
import { textOn } from './messages'
import { openAccount, topUp, typeAccount } from './micro-accounts'
import { giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { search } from './search'
import { order, priceOf, toCheckout } from './shop'
import { join, logIn, stranger } from './shopper'
import { payButton } from './split'

const PIN = '2580'
const PRODUCTS = ['lantern'] as const

function aPhone() {
  const digits = String(randomInt(1e8)).padStart(8, '0')
  return { number: `+8210${digits}`, typed: `010-${digits.slice(0, 4)}-${digits.slice(4)}` }
}

test('an account is opened, topped up, and pays; its holder is told on the phone, suspends it and locks a lost card', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  test.slow()
  const { account: texts, checkout, shared } = words.moa
  const phone = aPhone()
  const who = stranger()
  const card = await giveOutCard(outsideWorld, { issuer: 'narae', nickname: '큰 지출', limit: 900_000n })
  await join(page, words, who, [card])
  const account = await openAccount(page, words, { nickname: '용돈', mobile: phone.typed, pin: PIN })
  await topUp(page, words, 100_000n)
  await expect(page.getByText(texts.accounts.done['topped-up'])).toBeVisible()
  await picture('account')
  await findsNothing(page, 'an account')

  const amount = priceOf(PRODUCTS)
  const atTheShop = async () => {
    await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
    await toCheckout(page, words)
    const row = page.getByRole('radio', { name: account.nickname })
    await row.check()
    await page.getByLabel(checkout.stored.pin, { exact: true }).fill(PIN)
  }
  await atTheShop()
  await findsNothing(page, 'an account at the checkout')
  await payButton(page, words, amount).click()
  await staysWhenPaid(page, words)
  await expect(page.getByText(`${checkout.stored.row} •••• ${account.number.slice(-4)}`)).toBeVisible()
  await textOn(outsideWorld, phone.number, account.number.slice(-4))

  // Its own limit for the month leaves less than the price: it counts at once (M-96).
  await page.goto('/account/accounts')
  await page.getByRole('link', { name: account.nickname }).click()
  await page.getByLabel(texts.accountEditor.perMonth).fill(String(amount + 1000n))
  await page.getByRole('button', { name: texts.accountEditor.save }).click()
  await expect(page.getByText(texts.accountEditor.saved)).toBeVisible()
  await atTheShop()
  await payButton(page, words, amount).click()
  await expect(page.getByText(shared.decline['micro-account-month-limit']).first()).toBeVisible()

  await page.goto('/account/accounts')
  await page.getByRole('link', { name: account.nickname }).click()
  await page.getByRole('button', { name: texts.accounts.suspend, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: texts.accounts.suspend, exact: true }).click()
  await expect(page.getByText(texts.accounts.done.suspended)).toBeVisible()
  // Suspended, it pays neither by a tap nor by its number (M-98).
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await expect(page.getByRole('radio', { name: account.nickname })).toBeDisabled()
  await expect(page.getByText(checkout.stored.accountWhy.suspended)).toBeVisible()
  await typeAccount(page, words, { number: account.number, pin: PIN })
  await payButton(page, words, amount).click()
  await expect(page.getByText(shared.decline['micro-account-suspended']).first()).toBeVisible()

  await page.goto('/account/accounts')
  await page.getByRole('link', { name: account.nickname }).click()
  await page.getByRole('button', { name: texts.accounts.lost, exact: true }).click()
  await expect(page.getByText(texts.accounts.done.lost)).toBeVisible()
  await picture('account-lost')
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await expect(page.getByRole('radio', { name: account.nickname })).toBeDisabled()
  await expect(page.getByText(checkout.stored.accountWhy.lost)).toBeVisible()
  // By its number it pays as little.
  await typeAccount(page, words, { number: account.number, pin: PIN })
  await payButton(page, words, amount).click()
  await expect(page.getByText(shared.decline['micro-account-lost']).first()).toBeVisible()
})

test('whoever types an account that is not registered is told so on the phone they gave, and nothing is charged', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  const { shared } = words.moa
  const phone = aPhone()
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: stranger().email })
  await toCheckout(page, words)
  await typeAccount(page, words, { number: '9420 0000 0000 0000', pin: PIN, mobile: phone.typed })
  await picture('account-typed')
  await payButton(page, words, priceOf(PRODUCTS)).click()
  await expect(page.getByText(shared.decline['micro-account-wrong'])).toBeVisible()
  await textOn(outsideWorld, phone.number, /(?=.*0000).*(?:미등록|unregistered)/s)
})

test('an operator opens an account, ends its validity, after which it pays nothing; vouchers take a second operator', async ({
  page,
  browser,
  places,
  logins,
  words,
  picture,
}) => {
  const { accounts, vouchers } = words.moa.operator
  const note = `감사 ${randomInt(1e8)}`
  await page.goto('/login?next=/operator/accounts')
  await logIn(
    page,
    words,
    logins.find(({ role }) => role === 'operator')!,
  )
  await page.getByRole('button', { name: accounts.open, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(accounts.pin).fill(PIN)
  await dialog.getByRole('button', { name: accounts.open, exact: true }).click()
  await expect(dialog.getByText(accounts.numberText)).toBeVisible()
  const number = (await dialog.getByText(/^9420[0-9]{12}$/).innerText()).trim()
  // While the page behind it is fetched anew the dialog stays.
  await expect(async () => {
    await dialog.getByRole('button', { name: words.moa.shared.close }).last().click({ timeout: 5_000 })
    await expect(dialog).toBeHidden({ timeout: 5_000 })
  }).toPass()
  await search(page, number)
  await page.getByRole('row').getByRole('link').click()
  await page.getByRole('button', { name: accounts.validUntil, exact: true }).click()
  await page.getByRole('dialog').getByLabel(accounts.validUntil).fill('2024-01-01')
  await page.getByRole('dialog').getByRole('button', { name: accounts.save, exact: true }).click()
  await expect(page.getByText(accounts.state.expired)).toBeVisible()
  await picture('operator-account')
  await findsNothing(page, 'an account at the operator')
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: stranger().email })
  await toCheckout(page, words)
  await typeAccount(page, words, { number, pin: PIN })
  await payButton(page, words, priceOf(PRODUCTS)).click()
  await expect(page.getByText(words.moa.shared.decline['micro-account-expired'])).toBeVisible()

  await page.goto('/operator/accounts/vouchers')
  await page.getByLabel(vouchers.value).fill('5000')
  await page.getByLabel(vouchers.count).fill('3')
  await page.getByLabel(vouchers.expiresAt).fill('2036-01-01')
  await page.getByLabel(vouchers.note).fill(note)
  await page.getByRole('button', { name: vouchers.make, exact: true }).click()
  await expect(page.getByText(vouchers.proposed)).toBeVisible()
  const proposed = page.getByRole('row').filter({ hasText: note })
  await expect(proposed).toContainText(vouchers.yours)
  await expect(proposed.getByRole('button', { name: vouchers.agree })).toHaveCount(0)
  await picture('operator-vouchers')
  await findsNothing(page, 'vouchers')

  const [, second] = logins.filter(({ role }) => role === 'operator')
  const other = await atWork(browser, words, second!, '/operator/accounts/vouchers')
  const batch = other.getByRole('row').filter({ hasText: note })
  await batch.getByRole('button', { name: vouchers.agree }).click()
  const agreeing = other.getByRole('dialog')
  await agreeing.getByRole('button', { name: vouchers.agree, exact: true }).click()
  await expect(agreeing.getByRole('link', { name: vouchers.csv })).toBeVisible()
  await expect(agreeing).toContainText(fill(vouchers.made, { count: '3' }))
  await findsNothing(other, 'the codes of vouchers')
  await agreeing.getByRole('button', { name: words.moa.shared.close }).last().click()
  await expect(batch).toContainText(vouchers.states.made)
})

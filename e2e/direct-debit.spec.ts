import type { Browser, Page } from '@playwright/test'
import { fill } from '../components/i18n/fill'
import { demoAccount, type AccountRole } from '../simulators/bank/demo-accounts'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { join, logIn, stranger } from './shopper'
import { payButton, won } from './split'
import type { ReaderWords } from './words'

/** The worker announces and sends every ten seconds, and reads the bank's reports every twenty. */
const BANK = { timeout: 90_000 }
const PRODUCTS = ['lantern'] as const
const PRICE = priceOf(PRODUCTS)

interface Places {
  readonly shop: string
  readonly words: ReaderWords
}

/** Somebody new orders and agrees that it is collected from one of the bank's demo accounts; answers the order's number. */
async function ordersByDebit(page: Page, { shop, words }: Places, role: AccountRole): Promise<string> {
  const { debit, paid } = words.moa.checkout
  const who = stranger()
  await join(page, words, who, [])
  const orderNumber = await order(page, { shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await page.getByRole('radio', { name: debit.row }).check()
  await payButton(page, words, PRICE).click()
  // What is missing is said, and nothing was asked of anybody.
  await expect(page.getByText(debit.fault.bank)).toBeVisible()
  const { number, holder } = demoAccount(role)
  await page.getByLabel(debit.bank, { exact: true }).selectOption('gaon')
  await page.getByLabel(debit.account, { exact: true }).fill(number)
  await page.getByLabel(debit.holder, { exact: true }).fill(holder)
  await page.getByRole('checkbox', { name: debit.agree, exact: true }).check()
  await payButton(page, words, PRICE).click()
  await staysWhenPaid(page, words, paid.accepted)
  return orderNumber
}

async function portalOf(browser: Browser, words: ReaderWords, owner: { email: string; password: string }) {
  const portal = await (await browser.newContext()).newPage()
  await portal.goto('/login?next=/merchant/direct-debit')
  await logIn(portal, words, owner)
  return portal
}

/** The owner has what was announced sent to the bank now, as often as it takes until one of the newest files says that of a debit. */
async function sendNow(portal: Page, { moa }: ReaderWords, saying: string): Promise<void> {
  const said = portal.getByRole('row').filter({ hasText: saying }).first()
  await expect(async () => {
    await portal.goto('/merchant/direct-debit')
    if (await said.isVisible()) return
    await portal.getByRole('button', { name: moa.debit.collectNow, exact: true }).click()
    const dialog = portal.getByRole('dialog')
    await dialog.getByRole('button', { name: moa.debit.collectNow, exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(said).toBeVisible({ timeout: 5_000 })
  }).toPass({ timeout: 150_000, intervals: [5_000] })
}

/** The shopper's newest purchase, opened. */
async function openPurchase(page: Page): Promise<void> {
  await page.goto('/account/purchases')
  await page.locator('a[href^="/account/purchases/pay_"]').first().click()
  await page.waitForURL(/purchases\/pay_/)
}

test('a direct debit is paid; the shopper asks for it back, the shop approves, and the money is at the account again', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  test.slow()
  const { refunds, merchant, debit } = words.moa
  const orderNumber = await ordersByDebit(page, { shop: places.shop, words }, 'roomy')
  const portal = await portalOf(
    browser,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await sendNow(portal, words, debit.debit.settled)
  await findsNothing(portal, 'files of direct debits')
  await picture('direct-debit-files', portal)

  const ask = page.getByRole('button', { name: refunds.ask.button, exact: true })
  await expect(async () => {
    await openPurchase(page)
    await expect(ask).toBeVisible({ timeout: 5_000 })
  }).toPass(BANK)
  await ask.click()
  const asking = page.getByRole('dialog')
  await expect(asking).toBeVisible()
  const whole = asking.getByRole('radio', { name: refunds.ask.whole })
  if (await whole.isVisible()) await whole.check()
  await asking.getByLabel(refunds.ask.amount, { exact: true }).fill('4000')
  await asking.getByLabel(refunds.ask.reason, { exact: true }).selectOption('damaged')
  await asking.getByRole('button', { name: fill(refunds.ask.confirm, { amount: won(4_000n, words.language) }) }).click()
  await expect(asking).toBeHidden()
  await expect(page.getByText(refunds.states.open)).toBeVisible()

  await portal.goto(`/merchant/refund-requests?q=${orderNumber}`)
  const request = portal.getByRole('list', { name: refunds.queue.title }).getByRole('listitem').first()
  await request.getByRole('button', { name: refunds.queue.approve, exact: true }).click()
  const approving = portal.getByRole('dialog')
  await approving
    .getByRole('button', { name: fill(merchant.refund.confirm, { amount: won(4_000n, words.language) }) })
    .click()
  await expect(approving).toBeHidden()

  const { number } = demoAccount('roomy')
  const paidBack = async () =>
    (await outsideWorld.paidOut('gaon')).filter(
      ({ account, file, amount, status }) =>
        account === number && file.startsWith('MOARE-') && amount === '4000' && status === 'ACSC',
    ).length
  await expect.poll(paidBack, BANK).toBeGreaterThan(0)
  await expect(async () => {
    await portal.goto('/merchant/unpaid/returns')
    const sent = portal
      .getByRole('row')
      .filter({ hasText: won(4_000n, words.language) })
      .first()
    await expect(sent).toContainText(refunds.transfers.state.paid, { timeout: 5_000 })
  }).toPass(BANK)
  await findsNothing(portal, 'transfers back')
  await picture('transfers-back', portal)

  // The same product stands among those of which something came back.
  await portal.goto('/merchant/products')
  await expect(portal.getByRole('heading', { name: refunds.products.title, level: 1 })).toBeVisible()
  await findsNothing(portal, 'products')
  await picture('products', portal)
  await page.reload()
  await expect(page.getByText(refunds.states.approved)).toBeVisible()
  await portal.context().close()
})

test('a direct debit that the payer’s bank refuses is not paid, and the shopper is told', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
}) => {
  test.slow()
  const { debit } = words.moa
  await ordersByDebit(page, { shop: places.shop, words }, 'suspended')
  const portal = await portalOf(
    browser,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await sendNow(portal, words, debit.debit.withdrawn)
  const { number } = demoAccount('suspended')
  const refused = async () =>
    (await outsideWorld.debits('gaon')).filter(({ account, state }) => account === number && state === 'AC06').length
  expect(await refused()).toBeGreaterThan(0)
  await openPurchase(page)
  await expect(page.getByText(won(PRICE, words.language)).first()).toBeVisible()
  await findsNothing(page, 'a purchase whose debit was refused')
  await portal.context().close()
})

import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { openAccount, statementOf, typeAccount } from './bank-accounts'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { awake, join, stranger } from './shopper'
import { payButton, won } from './split'

const PRODUCTS = ['lantern'] as const
const AMOUNT = priceOf(PRODUCTS)

test(
  'a bank account is kept with consent, offered the next time with its password only, and removed in My Moa (M-192)',
  { tag: '@phone' },
  async ({ page, places, outsideWorld, words, picture }) => {
    const { moa, language } = words
    const { bank } = moa
    const who = stranger()
    const account = await openAccount(outsideWorld)
    const name = `가온은행 •••• ${account.number.slice(-4)}`
    await join(page, words, who, [])
    await page.goto('/account/bank-accounts')
    await expect(page.getByText(bank.saved.empty)).toBeVisible()

    const paid = async () => {
      await payButton(page, words, AMOUNT).click()
      await staysWhenPaid(page, words)
      const withdrawn = fill(bank.withdrawn, { amount: won(AMOUNT, language), holder: account.holder })
      await expect(page.getByText(withdrawn)).toBeVisible()
    }
    const another = async () => {
      await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
      await toCheckout(page, words)
    }
    await another()
    await typeAccount(page, words, account)
    await page.getByRole('checkbox', { name: bank.keep }).check()
    await paid()

    await page.goto('/account/bank-accounts')
    await expect(page.getByText(name)).toBeVisible()
    await expect(page.getByText(account.number)).toHaveCount(0)
    await picture('bank-account-kept')
    await findsNothing(page, 'the bank accounts of My Moa')

    // The next order asks for nothing but the account's password.
    await another()
    const choice = page.getByRole('radio', { name: bank.row })
    await awake(choice)
    await choice.check()
    await expect(page.getByRole('radio', { name })).toBeChecked()
    await expect(page.getByLabel(bank.account, { exact: true })).toHaveCount(0)
    await picture('bank-account-offered')
    await findsNothing(page, 'an account that was kept at the checkout')
    await page.getByLabel(bank.password, { exact: true }).fill(account.password)
    await paid()
    expect(await statementOf(outsideWorld, account)).toMatchObject({ transferred: [AMOUNT, AMOUNT], back: [] })

    await page.goto('/account/bank-accounts')
    await page.getByRole('button', { name: bank.saved.remove }).click()
    await page.getByRole('dialog').getByRole('button', { name: bank.saved.remove }).click()
    await expect(page.getByText(bank.saved.empty)).toBeVisible()
    await another()
    await typeAccount(page, words, account)
    await expect(page.getByRole('radio', { name })).toHaveCount(0)
  },
)

import type { Page } from '@playwright/test'
import { expect } from './fixtures'
import { staysWhenPaid } from './paid'
import { awake } from './shopper'
import { payButton } from './split'
import type { ReaderWords } from './words'

/** An account that a journey has opened for itself, with the telephone that is told of it. */
export interface TestAccount {
  readonly nickname: string
  /** As its card has it. */
  readonly number: string
}

/** Opens a prepaid account in My Moa and reads its number, which is shown once. */
export async function openAccount(
  page: Page,
  { moa }: ReaderWords,
  wanted: { readonly nickname: string; readonly mobile: string; readonly pin: string },
): Promise<TestAccount> {
  const { accountForms, accounts } = moa.account
  await page.goto('/account/accounts/new')
  await awake(page.locator('form', { has: page.getByLabel(accountForms.nickname) }))
  await page.getByLabel(accountForms.nickname).fill(wanted.nickname)
  await page.getByLabel(accountForms.mobile).fill(wanted.mobile)
  await page.getByLabel(accountForms.newPin).fill(wanted.pin)
  await page.getByRole('button', { name: accounts.open, exact: true }).click()
  await expect(page.getByText(accounts.openedText)).toBeVisible()
  const shown = await page.getByText(/^9420(?: [0-9]{4}){3}$/).innerText()
  await page.getByRole('button', { name: accountForms.goOn }).click()
  await expect(page.getByRole('heading', { name: wanted.nickname })).toBeVisible()
  return { nickname: wanted.nickname, number: shown.replaceAll(' ', '') }
}

/** On the page of an account or of e-cash, loads an amount with the one card of the wallet. */
export async function topUp(page: Page, words: ReaderWords, amount: bigint): Promise<void> {
  const { moa } = words
  const { topUp: form } = moa.account
  const field = page.getByLabel(form.amount)
  await awake(page.locator('form', { has: field }))
  await field.fill(String(amount))
  await page.getByRole('button', { name: form.submit, exact: true }).click()
  await page.waitForURL(/[/]pay[/]/)
  await awake(page.getByRole('group', { name: moa.checkout.means }))
  await payButton(page, words, amount).click()
  await staysWhenPaid(page, words)
  await page.getByRole('link', { name: moa.checkout.paid.backToShop }).click()
  await page.waitForURL(/[/]account[/](?:accounts|e-cash)/)
}

/** At the checkout, chooses to pay by an account's number, and types it in. */
export async function typeAccount(
  page: Page,
  { moa }: ReaderWords,
  typed: { readonly number: string; readonly pin: string; readonly mobile?: string },
): Promise<void> {
  const { stored } = moa.checkout
  const row = page.locator('input[name=means][value=account]')
  await awake(row)
  await row.check()
  await page.getByRole('textbox', { name: stored.number }).fill(typed.number)
  await page.getByLabel(stored.pin, { exact: true }).fill(typed.pin)
  if (typed.mobile) await page.getByRole('textbox', { name: stored.mobile }).fill(typed.mobile)
}

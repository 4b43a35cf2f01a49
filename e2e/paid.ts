import type { Page } from '@playwright/test'
import { expect } from './fixtures'
import type { ReaderWords } from './words'

/**
 * Waits until the checkout says that an order is paid, and stays there: by itself the page leads back to the shop after seconds,
 * perhaps in the middle of what follows.
 * @param title what it says where that is not plainly that it is paid
 */
export async function staysWhenPaid(
  page: Page,
  { moa }: Pick<ReaderWords, 'moa'>,
  title = moa.checkout.paid.title,
): Promise<void> {
  await expect(page.getByRole('heading', { name: title })).toBeVisible({ timeout: 40_000 })
  await page.getByRole('button', { name: moa.checkout.paid.stay }).click()
}

import type { Page } from '@playwright/test'

/** Searches a list, and waits until what is shown is what was found: before that it is everybody's. */
export async function search(page: Page, text: string): Promise<void> {
  const field = page.getByRole('searchbox')
  await field.fill(text)
  await field.press('Enter')
  await page.waitForURL(({ searchParams }) => [...searchParams.values()].includes(text))
}

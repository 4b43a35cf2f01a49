import type { Page } from '@playwright/test'
import { expect } from './fixtures'

/** Scrolls to a chart and waits until it is drawn: what stands in for it gives way as it comes into view. */
export async function seeChart(page: Page, label: string): Promise<void> {
  await expect(() => page.getByRole('img', { name: label }).scrollIntoViewIfNeeded({ timeout: 2_000 })).toPass()
  await expect(page.locator('[data-chart=bars]')).toBeVisible()
}

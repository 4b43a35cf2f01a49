import type { Locator, Page } from '@playwright/test'
import { fill } from '../components/i18n/fill'
import { expect } from './fixtures'
import type { TestCard } from './cards'
import { awake } from './shopper'
import type { ReaderWords } from './words'

/** At the checkout, chooses to split over several cards and waits for the proposal. */
export async function chooseSplit(page: Page, { moa }: ReaderWords): Promise<void> {
  const choice = page.getByRole('radio', { name: moa.checkout.splitCards })
  await awake(choice)
  await choice.check()
  await expect(page.getByRole('button', { name: moa.split.change, exact: true })).toBeVisible()
}

/** In My Moa, has the best split of an amount at the demo shop found, and opens its editor. */
export async function findSplit(page: Page, { moa }: ReaderWords, amount: bigint): Promise<void> {
  const { newVcard } = moa.account
  await page.goto('/account/vcards/new')
  const field = page.getByRole('textbox', { name: newVcard.amount })
  await awake(field)
  const shops = page.getByRole('combobox', { name: newVcard.merchant })
  const ours = shops.getByRole('option', { name: /^(?:달그릇|Moonbowl)$/ })
  await shops.selectOption((await ours.getAttribute('value')) ?? '')
  await field.fill(String(amount))
  await page.getByRole('button', { name: newVcard.find }).click()
  await page.getByRole('button', { name: moa.split.change, exact: true }).click()
}

/** What a card would carry, in won, as it stands in its field of the open editor. */
export async function shareOf(page: Page, words: ReaderWords, card: TestCard): Promise<bigint> {
  return BigInt((await shareField(page, words, card).inputValue()).replaceAll(',', ''))
}

export function shareField(page: Page, { moa }: ReaderWords, { nickname }: TestCard): Locator {
  return page.getByRole('textbox', { name: fill(moa.split.shareOf, { name: nickname }), exact: true })
}

/** The line that says how one card of the payment stands. */
export function legOf(page: Page, { nickname }: TestCard): Locator {
  return page.getByRole('listitem').filter({ hasText: nickname })
}

/** The button that pays the whole amount. */
export function payButton(page: Page, { moa, language }: ReaderWords, amount: bigint): Locator {
  return page.getByRole('button', { name: fill(moa.checkout.pay, { amount: won(amount, language) }), exact: true })
}

/** ₩220,000 as the pages write it. */
export function won(amount: bigint, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'KRW',
    currencyDisplay: 'narrowSymbol',
  }).format(amount)
}

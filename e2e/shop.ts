import type { APIRequestContext, Page } from '@playwright/test'
import { findProduct } from '../examples/shop/catalogue'
import type { ProductId } from '../examples/shop/catalogue'
import { expect } from './fixtures'
import { awake } from './shopper'
import type { ReaderWords } from './words'

export interface Ordering {
  readonly shop: string
  readonly words: ReaderWords
  readonly products: readonly ProductId[]
  readonly email: string
}

/** What the things cost together, in won. */
export function priceOf(products: readonly ProductId[]): bigint {
  return products.reduce((total, id) => total + (findProduct(id)?.price ?? 0n), 0n)
}

/** From the shelf over the basket to the order page, with everything filled in but how to pay. Answers the order's number. */
export async function order(page: Page, { shop, words, products, email }: Ordering): Promise<string> {
  const { shop: texts, language } = words
  for (const id of products) {
    await page.goto(shop)
    await page.getByRole('button', { name: texts.addNamed(findProduct(id)?.name[language] ?? '') }).click()
    await expect(page.getByRole('heading', { name: texts.basketTitle })).toBeVisible()
  }
  await page.getByRole('link', { name: texts.toOrder, exact: true }).click()
  await page.getByLabel(texts.name, { exact: true }).fill('한지우')
  await page.getByLabel(texts.email, { exact: true }).fill(email)
  return page.locator('input[name="order"]').inputValue()
}

/** Goes on to Moa's checkout from the order page. */
export async function toCheckout(page: Page, { shop, moa }: Pick<ReaderWords, 'shop' | 'moa'>): Promise<void> {
  await page.getByRole('radio', { name: shop.wayMoa }).check()
  await page.getByRole('button', { name: shop.payWithMoa }).click()
  await awake(page.getByRole('group', { name: moa.checkout.means }))
}

/** Pays on the order page itself, by a number typed into the shop's ordinary card field. */
export async function payByNumber(
  page: Page,
  { shop }: Pick<ReaderWords, 'shop'>,
  card: { readonly number: string; readonly expiry: string; readonly securityCode?: string },
): Promise<void> {
  await page.getByRole('radio', { name: shop.wayCard }).check()
  await page.getByLabel(shop.cardNumber, { exact: true }).fill(card.number)
  await page.getByLabel(shop.cardExpiry, { exact: true }).fill(card.expiry)
  if (card.securityCode) await page.getByLabel(shop.cardCode, { exact: true }).fill(card.securityCode)
  await page.getByRole('button', { name: new RegExp(`^${shop.payWithCard} ·`) }).click()
}

/** Makes the shop answer Moa's questions about one order wrongly or not at all, or refuse to cancel it. */
export async function misbehave(
  request: APIRequestContext,
  shop: string,
  wanted: {
    readonly order: string
    readonly confirm: 'yes' | 'mismatch' | 'silent' | 'garbage' | 'replay' | 'other-key' | 'no-cancel'
    /** Private JWK with which it is confirmed: other-key. */
    readonly key?: unknown
  },
): Promise<void> {
  const answer = await request.post(`${shop}/test/behaviour`, { data: wanted })
  expect(answer.status(), 'the shop was started with SHOP_TEST=1').toBe(200)
}

import type { Page } from '@playwright/test'
import type { ProductId } from '../examples/shop/catalogue'
import type { OutsideWorldClient } from '../simulators/client'
import { giveOutCard } from './cards'
import type { TestCard } from './cards'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { join, stranger } from './shopper'
import type { TestShopper } from './shopper'
import { chooseSplit, payButton } from './split'
import type { ReaderWords } from './words'

const PRODUCTS = ['moon-jar', 'soban'] satisfies ProductId[]

interface Places {
  readonly shop: string
  readonly outsideWorld: OutsideWorldClient
  readonly words: ReaderWords
}

export interface Purchase {
  readonly who: TestShopper
  readonly cards: readonly TestCard[]
  readonly orderNumber: string
  readonly amount: bigint
}

/** Somebody new with three cards, none of which could carry the order alone; logged in on the page. */
export async function newShopper(
  page: Page,
  { outsideWorld, words }: Places,
): Promise<Pick<Purchase, 'who' | 'cards'>> {
  const who = stranger()
  const cards = await Promise.all([
    giveOutCard(outsideWorld, { issuer: 'hanbit', nickname: '하늘 마일', limit: 150_000n }),
    giveOutCard(outsideWorld, { issuer: 'saero', nickname: '생활비', limit: 130_000n }),
    giveOutCard(outsideWorld, { issuer: 'narae', nickname: '큰 지출', limit: 120_000n }),
  ])
  await join(page, words, who, cards)
  return { who, cards }
}

/** A purchase paid over three cards, as journeys need it that begin after it. */
export async function paidPurchase(page: Page, places: Places): Promise<Purchase> {
  const { shop, words } = places
  const { who, cards } = await newShopper(page, places)
  const amount = priceOf(PRODUCTS)
  const orderNumber = await order(page, { shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await chooseSplit(page, words)
  await payButton(page, words, amount).click()
  await staysWhenPaid(page, words)
  return { who, cards, orderNumber, amount }
}

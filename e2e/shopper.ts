import { randomBytes } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { outsideWorldAt } from '../simulators/client'
import { expect, OUTSIDE_WORLD } from './fixtures'
import type { TestCard } from './cards'
import { mailTo } from './messages'
import type { ReaderWords } from './words'

const outsideWorld = outsideWorldAt(OUTSIDE_WORLD)

export interface TestShopper {
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Somebody nobody has met yet. */
export function stranger(name = '한지우'): TestShopper {
  const email = `shopper-${randomBytes(5).toString('hex')}@moa.example`
  return { name, email, password: 'a long sentence nobody guesses' }
}

/**
 * Waits until the page's own scripts have taken a form over: what is typed before that is typed into a picture of it.
 */
export async function awake(form: Locator): Promise<void> {
  await expect(async () => {
    const isAlive = await form.evaluate((element) => Object.keys(element).some((key) => key.startsWith('__reactProps')))
    expect(isAlive).toBe(true)
  }).toPass({ timeout: 40_000 })
}

/** Makes an account, proves its address, and puts the cards into the wallet: as people do it, page by page. */
export async function join(page: Page, { moa }: ReaderWords, who: TestShopper, cards: readonly TestCard[]) {
  const { register } = moa.auth
  await page.goto('/register?next=/account/cards/new')
  await awake(page.locator('form', { has: page.getByLabel(register.name) }))
  await page.getByLabel(register.name).fill(who.name)
  await page.getByLabel(register.email).fill(who.email)
  await page.getByLabel(register.password, { exact: true }).fill(who.password)
  await page.getByRole('button', { name: register.submit, exact: true }).click()
  await proveAddress(page, { moa }, who)
  for (const card of cards) await addCard(page, { moa }, card)
}

const PROOF = /https?:\/\/\S+\/register\/\S+/

/** Follows the link of the mail that everybody gets who registers, and waits for the page they wanted. */
export async function proveAddress(page: Page, { moa }: Pick<ReaderWords, 'moa'>, who: TestShopper) {
  await expect(page.getByText(moa.auth.register.mailed.title)).toBeVisible()
  const mail = await mailTo(outsideWorld, who.email, PROOF)
  await page.goto(PROOF.exec(mail.text)![0])
  await awake(page.locator('form', { has: page.getByLabel(moa.auth.login.password, { exact: true }) }))
  await page.getByLabel(moa.auth.login.password, { exact: true }).fill(who.password)
  await page.getByRole('button', { name: moa.auth.prove.submit, exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/register'))
}

/** Fills in the log-in page that is open, and waits for the page behind it. */
export async function logIn(
  page: Page,
  { moa }: Pick<ReaderWords, 'moa'>,
  { email, password }: Pick<TestShopper, 'email' | 'password'>,
) {
  const { login } = moa.auth
  await awake(page.locator('form', { has: page.getByLabel(login.email) }))
  await page.getByLabel(login.email).fill(email)
  await page.getByLabel(login.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: login.submit, exact: true }).click()
  await page.waitForURL((url) => url.pathname !== '/login')
}

async function addCard(page: Page, { moa }: Pick<ReaderWords, 'moa'>, card: TestCard) {
  const { card: form } = moa.checkout
  const { newCard, cards } = moa.account
  await page.goto('/account/cards/new')
  await awake(page.locator('form', { has: page.getByLabel(form.number, { exact: true }) }))
  await page.getByLabel(form.number, { exact: true }).fill(card.number)
  await page.getByLabel(form.expiry).fill(card.expiry)
  await page.getByLabel(newCard.nickname).fill(card.nickname)
  await page.getByRole('button', { name: newCard.submit, exact: true }).click()
  await expect(page.getByText(cards.added)).toBeVisible()
}

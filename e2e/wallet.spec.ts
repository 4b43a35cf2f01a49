import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { awake, join, stranger } from './shopper'
import { payButton } from './split'

const PRODUCTS = ['lantern'] as const

test('the checkout offers the wallet in its holder’s order, with the preferred means chosen (M-2, M-67, M-171) @phone', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  test.slow()
  const { account } = words.moa
  const { wallet } = account
  const who = stranger()
  const cards = [
    await giveOutCard(outsideWorld, { issuer: 'hanbit', nickname: '하늘 마일', limit: 900_000n }),
    await giveOutCard(outsideWorld, { issuer: 'saero', nickname: '생활비', limit: 900_000n }),
    await giveOutCard(outsideWorld, { issuer: 'narae', nickname: '큰 지출', limit: 900_000n }),
  ]
  await join(page, words, who, cards)
  await page.goto('/account')
  await page.getByRole('link', { name: account.nav.wallet, exact: true }).click()
  await page.waitForURL('**/account/wallet')
  const rows = page.getByRole('listitem').filter({ has: page.locator('[data-deed]') })
  const names = async () => (await rows.getByRole('link').allTextContents()).map((name) => name.trim())
  await expect(rows).toHaveCount(3)
  const before = await names()
  const last = before[2]!

  // By keys alone: the focus stays at the button that was pressed, wherever its row goes.
  const up = page.getByRole('button', { name: fill(wallet.up, { name: last }), exact: true })
  await awake(up)
  await up.focus()
  await page.keyboard.press('Enter')
  await expect.poll(names).toEqual([before[0], last, before[1]])
  await expect(page.getByText(fill(wallet.movedTo, { name: last, place: 2, count: 3 }))).toBeAttached()
  await expect(up).toBeFocused()
  await page.keyboard.press('Enter')
  const wanted = [last, before[0]!, before[1]!]
  await expect.poll(names).toEqual(wanted)
  const preferred = before[1]!
  const star = page.getByRole('button', { name: fill(wallet.preferNamed, { name: preferred }), exact: true })
  await star.click()
  await expect(star).toHaveAttribute('aria-pressed', 'true')
  await findsNothing(page, 'the wallet')
  await picture('wallet')

  const amount = priceOf(PRODUCTS)
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  const offered = page.locator('input[name="means"][value^="card:"]')
  await expect(offered).toHaveCount(3)
  const shown = await offered.evaluateAll((inputs) => inputs.map((input) => input.closest('label')?.textContent ?? ''))
  expect(shown.map((text) => wanted.find((name) => text.startsWith(name)))).toEqual(wanted)
  await expect(page.getByRole('radio', { name: preferred })).toBeChecked()
  await picture('wallet-checkout')
  await payButton(page, words, amount).click()
  await staysWhenPaid(page, words)
  const payer = cards.find(({ nickname }) => nickname === preferred)!
  expect((await booked(outsideWorld, payer)).charges).toEqual([amount])
})

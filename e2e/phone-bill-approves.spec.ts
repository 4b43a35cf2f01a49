import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { askForCode, codeFor, giveOutLine, typeCode } from './lines'
import { textOn } from './messages'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { awake, join, stranger } from './shopper'
import { payButton, won } from './split'

test('a shopper adds a line, puts an order on its bill with a code, and finds it there (M-37 … M-41, M-45, M-46) @phone', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  const { moa, language } = words
  const { phone, account } = moa
  const who = stranger()
  const line = await giveOutLine(outsideWorld)
  const nickname = '내 전화'
  await join(page, words, who, [])

  await page.goto('/account/lines')
  await page.getByRole('link', { name: account.lines.add }).click()
  await awake(page.locator('form', { has: page.getByRole('textbox', { name: phone.number }) }))
  await page.getByRole('textbox', { name: phone.number, exact: true }).fill(line.typed)
  await page.getByLabel(account.newLine.nickname).fill(nickname)
  await askForCode(page, words)
  const proof = await codeFor(outsideWorld, line)
  await typeCode(page, words, proof.digits)
  await expect(page.getByText(account.lines.added)).toBeVisible()
  await picture('lines')

  const products = ['lantern'] as const
  const amount = priceOf(products)
  await order(page, { shop: places.shop, words, products, email: who.email })
  await toCheckout(page, words)
  await page.getByRole('radio', { name: nickname }).check()
  await askForCode(page, words)
  const code = await codeFor(outsideWorld, line, proof.id)
  await picture('phone-bill-code')
  await findsNothing(page, 'the code')
  await typeCode(page, words, code.digits)
  await expect(page.getByText(phone.proved)).toBeVisible()
  await expect(
    page.getByText(fill(phone.room, { left: won(400_000n, language), limit: won(400_000n, language) })),
  ).toBeVisible()
  await picture('phone-bill-proved')
  await payButton(page, words, amount).click()
  await staysWhenPaid(page, words)
  await expect(page.getByText(`${phone.name} •••• ${line.number.slice(-4)}`)).toBeVisible()
  await picture('phone-bill-paid')
  // Its holder is told by SMS what was bought (P7.3).
  await textOn(outsideWorld, line.number, won(amount, 'ko'), code.id)

  await page.goto('/account')
  await expect(page.getByText(fill(account.lines.used, { used: won(amount, language) }))).toBeVisible()
  await picture('home-with-a-bill')
  await page.getByRole('link', { name: account.home.allBills }).click()
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
  // Another journey may have had the billing file made meanwhile.
  await expect(
    page.getByText(new RegExp(`^(${account.bills.state.approved}|${account.bills.state.billed})$`)),
  ).toBeVisible()
  await expect(page.getByText(won(amount, language)).first()).toBeVisible()
  await picture('bill')
  await findsNothing(page, 'the bill')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: account.bills.pdf }).click()
  const pdf = await (await download).createReadStream()
  const [head] = (await pdf.take(1).toArray()) as [Buffer]
  expect(head.subarray(0, 5).toString('latin1')).toBe('%PDF-')

  // Locked, it is no longer to be had at the checkout, and says why.
  await page.goto('/account/lines')
  await page.getByRole('link', { name: nickname }).click()
  await page.getByRole('button', { name: account.line.lock }).click()
  await page.getByRole('dialog').getByRole('button', { name: account.line.lock }).click()
  await expect(page.getByText(account.lines.locked)).toBeVisible()
  await picture('line-locked')
  await order(page, { shop: places.shop, words, products, email: who.email })
  await toCheckout(page, words)
  await expect(page.getByRole('radio', { name: nickname })).toBeDisabled()
  await expect(page.getByText(phone.why.locked)).toBeVisible()
})

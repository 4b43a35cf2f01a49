import { fill } from '../components/i18n/fill'
import { expect, test } from './fixtures'
import { askForCode, codeFor, giveOutLine, proveLine, typeCode, typeLine } from './lines'
import { order, priceOf, toCheckout } from './shop'
import { stranger } from './shopper'
import { payButton } from './split'

const PRODUCTS = ['lantern'] as const

test('why a line cannot pay is told to whoever holds it, after the code and in plain words; strangers all read the same', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  const { moa } = words
  const { phone, shared } = moa
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: stranger().email })
  await toCheckout(page, words)

  // A number that nobody has reads as one that somebody has.
  await typeLine(page, words, { number: '', typed: '010-0000-9999', name: '아무개', birthDate: '1980-01-01' })
  await askForCode(page, words)
  await expect(page.getByText(phone.sent)).toBeVisible()
  await typeCode(page, words, '123456')
  await expect(page.getByText(shared.decline['wrong-code'])).toBeVisible()

  for (const { standing, reason } of [
    { standing: 'arrears', reason: 'line-arrears' },
    { standing: 'suspended', reason: 'line-suspended' },
  ] as const) {
    const line = await giveOutLine(outsideWorld, { standing, overdue: '83400' })
    const change = page.getByRole('button', { name: phone.change, exact: true })
    if (await change.isVisible()) await change.click()
    await proveLine(page, words, { line, outsideWorld })
    await payButton(page, words, priceOf(PRODUCTS)).click()
    await expect(page.getByText(shared.decline[reason])).toBeVisible()
    await expect(page.getByText(moa.checkout.declined.nothing).first()).toBeVisible()
    await picture(`phone-bill-${standing}`)
  }
})

test('after five wrong codes the order can no longer go on a phone bill, and its telephone company’s silence charges nothing', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  const { moa } = words
  const { phone, shared } = moa
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: stranger().email })
  await toCheckout(page, words)

  const line = await giveOutLine(outsideWorld)
  await outsideWorld.telcoSwitch('baram', { on: 'any', line: line.number, do: { kind: 'drop-before' }, times: 1 })
  await typeLine(page, words, line)
  await askForCode(page, words)
  await expect(page.getByText(phone.fault['try-later'])).toBeVisible()
  await picture('phone-bill-system-down')

  await page.getByRole('button', { name: phone.send, exact: true }).click()
  const { digits } = await codeFor(outsideWorld, line)
  const wrong = digits === '000000' ? '111111' : '000000'
  for (const left of [4, 3, 2, 1]) {
    await typeCode(page, words, wrong)
    await expect(page.getByText(fill(phone.tries, { count: left }))).toBeVisible()
  }
  await typeCode(page, words, wrong)
  await expect(page.getByText(shared.decline['too-many-tries'])).toBeVisible()
  await picture('phone-bill-five-wrong-codes')
  await expect(page.getByLabel(phone.code)).toBeHidden()
  await expect(page.getByRole('button', { name: moa.checkout.codeFirst })).toBeDisabled()
})

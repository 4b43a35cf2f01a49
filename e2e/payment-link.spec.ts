import { randomBytes } from 'node:crypto'
import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { logIn, stranger } from './shopper'
import { payButton } from './split'

test('a link is made in the portal, opened by its code, paid on a phone, and its stock is gone (M-134) @phone', async ({
  page,
  browser,
  baseURL,
  outsideWorld,
  logins,
  locale,
  viewport,
  words,
  picture,
}) => {
  // Two browsers, and every page looked at by axe twice.
  test.slow()
  const { moa } = words
  const { links, link: detail, buy } = moa.selling
  const name = `달항아리 ${randomBytes(3).toString('hex')}`
  await page.goto('/login?next=/merchant/payment-links')
  await logIn(
    page,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await findsNothing(page, 'the payment links')
  await page.getByRole('button', { name: links.create }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(links.name, { exact: true }).fill(name)
  await dialog.getByLabel(links.amount, { exact: true }).fill('0')
  await dialog.getByLabel(links.stock, { exact: true }).fill('1')
  await picture('payment-link-maker')
  await dialog.getByRole('button', { name: links.create }).click()
  // What is wrong is said, and what was typed stays.
  await expect(dialog.getByText(links.fault.amount)).toBeVisible()
  await expect(dialog.getByLabel(links.name, { exact: true })).toHaveValue(name)
  await dialog.getByLabel(links.amount, { exact: true }).fill('38000')
  await dialog.getByRole('button', { name: links.create }).click()
  await expect(dialog).toBeHidden()
  await picture('payment-links')
  await page
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click()
  await expect(page.getByRole('img', { name: fill(detail.qrLabel, { name }) })).toBeVisible()
  await findsNothing(page, 'a payment link')
  await picture('payment-link')
  const address = (await page.getByText(`${baseURL}/link/`).textContent()) ?? ''

  // Somebody else, who has never been here.
  const other = await browser.newContext({ ...(locale && { locale }), viewport, ...(baseURL && { baseURL }) })
  const phone = await other.newPage()
  await phone.goto(`${address.slice(0, -1)}${address.endsWith('A') ? 'B' : 'A'}`)
  await expect(phone.getByText(buy.refused.changed)).toBeVisible()
  await phone.goto(address)
  await expect(phone.getByRole('heading', { name })).toBeVisible()
  await expect(phone.getByText(buy.leftLast)).toBeVisible()
  await findsNothing(phone, 'what a link sells')
  await picture('payment-link-open', phone)
  await phone.getByRole('button', { name: buy.pay }).click()
  await phone.waitForURL(/\/pay\/pay_/)
  const checkout = phone.url()
  // Whoever goes back is led to the same payment.
  await phone.goto(address)
  await phone.getByRole('button', { name: buy.pay }).click()
  await phone.waitForURL(checkout)

  const card = await giveOutCard(outsideWorld, { issuer: 'narae', nickname: '', limit: 100_000n })
  const { card: form, paid } = moa.checkout
  await phone.getByLabel(form.number, { exact: true }).fill(card.number)
  await phone.getByLabel(form.expiry).fill(card.expiry)
  await phone.getByLabel(form.code).fill(card.securityCode)
  const who = stranger()
  await phone.getByLabel(form.email, { exact: true }).fill(who.email)
  await payButton(phone, words, 38_000n).click()
  await expect(phone.getByRole('heading', { name: paid.title })).toBeVisible({ timeout: 40_000 })
  await mailTo(outsideWorld, who.email, name)
  await phone.goto(address)
  await expect(phone.getByText(buy.refused['sold-out'])).toBeVisible()
  await other.close()

  await page.reload()
  await expect(page.getByText(links.state['sold-out'], { exact: true })).toBeVisible()
  await expect(page.getByText(detail.saleState.sold, { exact: true })).toBeVisible()
})

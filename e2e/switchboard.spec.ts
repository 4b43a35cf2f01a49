import type { Browser, Page } from '@playwright/test'
import { fill } from '../components/i18n/fill'
import type { DemoLogin } from '../scripts/seed-people'
import { findsNothing } from './axe'
import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { awake, join, logIn, stranger } from './shopper'
import { payButton } from './split'
import type { ReaderWords } from './words'

// All of them change what the second shop lets happen: one after the other, and at no other shop.
test.describe.configure({ mode: 'serial' })
// A shopper and an owner at two browsers: on a busy machine longer than one journey may take.
test.setTimeout(240_000)

const PRODUCTS = ['moon-jar'] as const
const AMOUNT = priceOf(PRODUCTS)
/** The smaller of what the shop's people have to agree to, and more than other journeys spend here. */
const ABOVE = '100000'
/** The worker takes what was agreed to within seconds. */
const SOON = { timeout: 60_000 }

async function ownerAt(
  browser: Browser,
  words: ReaderWords,
  { logins, path }: { readonly logins: readonly DemoLogin[]; readonly path: string },
): Promise<Page> {
  const portal = await (await browser.newContext()).newPage()
  await portal.goto(`/login?next=${path}`)
  await logIn(
    portal,
    words,
    logins.find(({ role }) => role === 'second-owner')!,
  )
  return portal
}

/** Presses a button that asks once more, and what it asks with. */
async function does(portal: Page, name: string, confirm = name): Promise<void> {
  await portal.getByRole('button', { name, exact: true }).click()
  await portal.getByRole('dialog').getByRole('button', { name: confirm, exact: true }).click()
  await expect(portal.getByRole('dialog')).toHaveCount(0)
}

test('a flow is changed in the portal, drawn, tried and put in force: a payment then waits for approval, an earlier one does not (M-160, M-161, M-106)', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  const { moa } = words
  const { flow, checkout } = moa
  const card = await giveOutCard(outsideWorld, { issuer: 'hanbit', nickname: '큰 지출', limit: 1_000_000n })
  const who = stranger()
  await join(page, words, who, [card])
  const ordered = { shop: places.secondShop, words, products: PRODUCTS, email: who.email }
  await order(page, ordered)
  await toCheckout(page, words)

  const portal = await ownerAt(browser, words, { logins, path: '/merchant/flow' })
  await portal.getByRole('link', { name: flow.edit }).click()
  const rule = portal.getByRole('group', { name: fill(flow.form.approvals.rule, { number: '1' }) })
  await awake(portal.locator('form', { has: rule }))
  await rule.getByLabel(flow.form.approvals.above).fill(ABOVE)
  await portal.getByLabel(flow.form.note).fill('큰 금액은 한 사람이 더 봐요')
  await findsNothing(portal, 'a flow that is changed')
  await portal.getByRole('button', { name: flow.form.save }).click()
  await portal.waitForURL(/\/merchant\/flow\?version=\d+/)
  await expect(portal.getByText(flow.notInForce)).toBeVisible()
  await expect(portal.getByRole('img', { name: flow.picture })).toContainText(flow.step.approve.title)
  await portal.getByLabel(flow.dryRun.amount, { exact: true }).fill(String(AMOUNT))
  await portal.getByRole('button', { name: flow.dryRun.run }).click()
  await expect(portal.getByRole('list', { name: flow.dryRun.result })).toContainText(flow.step.approval.title)
  await picture('flow-tried', portal)
  await portal.getByRole('button', { name: flow.activate.button, exact: true }).first().click()
  await portal.getByRole('dialog').getByRole('button', { name: flow.activate.confirm, exact: true }).click()
  await expect(portal.getByRole('dialog')).toHaveCount(0)

  // It was opened before: nobody has to agree to it.
  await payButton(page, words, AMOUNT).click()
  await staysWhenPaid(page, words)
  expect(await booked(outsideWorld, card)).toMatchObject({ charges: [AMOUNT], held: 0n })

  await order(page, ordered)
  await toCheckout(page, words)
  await payButton(page, words, AMOUNT).click()
  await staysWhenPaid(page, words, checkout.paid.held)
  await picture('flow-waits-for-approval')
  expect(await booked(outsideWorld, card)).toMatchObject({ charges: [AMOUNT], held: AMOUNT })
  await portal.goto('/merchant/approvals')
  await picture('flow-approvals', portal)
  await does(portal, flow.approvals.approve)
  await expect.poll(async () => (await booked(outsideWorld, card)).charges, SOON).toEqual([AMOUNT, AMOUNT])
  await portal.context().close()
})

test('a means is switched off while a payment runs over it: that one comes to its end, and no new payment is offered it (M-157, N15)', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  const { moa } = words
  const { flow, checkout, modules } = moa
  const card = await giveOutCard(outsideWorld, { issuer: 'saero', nickname: '큰 지출', limit: 1_000_000n })
  const who = stranger()
  await join(page, words, who, [card])
  const ordered = { shop: places.secondShop, words, products: PRODUCTS, email: who.email }
  await order(page, ordered)
  await toCheckout(page, words)
  await payButton(page, words, AMOUNT).click()
  await staysWhenPaid(page, words, checkout.paid.held)

  const portal = await ownerAt(browser, words, { logins, path: '/merchant/modules/card' })
  await portal.getByRole('button', { name: modules.deactivate, exact: true }).click()
  const dialog = portal.getByRole('dialog')
  // Whoever switches it off is told what still runs.
  await expect(dialog).toContainText(fill(modules.running, { payments: '1', refunds: '0' }))
  await picture('module-switched-off', portal)
  await dialog.getByRole('button', { name: modules.deactivate, exact: true }).click()
  await expect(dialog).toHaveCount(0)

  await order(page, ordered)
  await toCheckout(page, words)
  await expect(page.getByRole('radio', { name: checkout.giro.row })).toBeVisible()
  await expect(page.getByRole('radio', { name: card.nickname })).toHaveCount(0)
  await expect(page.getByRole('radio', { name: checkout.newCard })).toHaveCount(0)
  await picture('module-not-offered')

  await portal.goto('/merchant/approvals')
  await does(portal, flow.approvals.approve)
  await expect.poll(async () => (await booked(outsideWorld, card)).charges, SOON).toEqual([AMOUNT])
  await portal.goto('/merchant/modules/card')
  await does(portal, modules.activate)
  await page.reload()
  await expect(page.getByRole('radio', { name: card.nickname })).toBeVisible()
  await portal.context().close()
})

test('a means for listed customers is offered to the one who is listed, and to nobody else (M-158)', async ({
  page,
  browser,
  places,
  logins,
  words,
  picture,
}) => {
  const { checkout, modules, shared } = words.moa
  const { audience } = modules
  const [insider, outsider] = [stranger(), stranger()]
  await join(page, words, insider, [])
  const elsewhere = await (await browser.newContext()).newPage()
  await join(elsewhere, words, outsider, [])

  const portal = await ownerAt(browser, words, { logins, path: '/merchant/modules/giro' })
  await portal.getByRole('button', { name: new RegExp(`${audience.title}$`) }).click()
  const dialog = portal.getByRole('dialog')
  await dialog.getByLabel(audience.title).selectOption('listed')
  await dialog.getByLabel(audience.add).fill(insider.email)
  await dialog.getByRole('button', { name: shared.save, exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(portal.getByRole('listitem').filter({ hasText: insider.email })).toBeVisible()
  await picture('module-listed', portal)

  for (const { shopper, who, offered } of [
    { shopper: page, who: insider, offered: 1 },
    { shopper: elsewhere, who: outsider, offered: 0 },
  ]) {
    await order(shopper, { shop: places.secondShop, words, products: PRODUCTS, email: who.email })
    await toCheckout(shopper, words)
    await expect(shopper.getByRole('radio', { name: checkout.delivery.row })).toBeVisible()
    await expect(shopper.getByRole('radio', { name: checkout.giro.row })).toHaveCount(offered)
  }
  await elsewhere.context().close()
  await portal.context().close()
})

import type { Page } from '@playwright/test'
import { findsNothing } from './axe'
import { booked, giveOutCard } from './cards'
import { seeChart } from './charts'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { newShopper } from './purchase'
import { order, payByNumber, priceOf, toCheckout } from './shop'
import { logIn, stranger } from './shopper'
import { chooseSplit, payButton } from './split'

/** Goes on by Tab until the focus is where it is wanted; a keyboard trap or an unreachable thing ends in a failure. */
async function tabTo(page: Page, wanted: ReturnType<Page['locator']>, most = 60): Promise<void> {
  for (let step = 0; step < most; step++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${String(wanted)}`)
}

test('a checkout over several cards can be paid with the keyboard alone', async ({
  page,
  places,
  outsideWorld,
  words,
}) => {
  const { moa } = words
  const { who, cards } = await newShopper(page, { ...places, outsideWorld, words })
  const products = ['moon-jar', 'soban'] as const
  await order(page, { shop: places.shop, words, products, email: who.email })
  await toCheckout(page, words)

  const split = page.getByRole('radio', { name: moa.checkout.splitCards })
  const group = page.getByRole('radio').first()
  await tabTo(page, group)
  if (!(await split.isChecked())) await page.keyboard.press('Space')
  await expect(split).toBeChecked()
  const change = page.getByRole('button', { name: moa.split.change, exact: true })
  await expect(change).toBeVisible()
  await tabTo(page, change)
  await page.keyboard.press('Enter')
  const field = page.getByRole('textbox', { name: cards[0]!.nickname })
  await tabTo(page, field)
  // What the Tab key has selected is typed over.
  await page.keyboard.type('140000')
  await page.keyboard.press('Tab')
  await expect(field).toHaveValue('140,000')
  const consent = page.getByRole('checkbox', { name: moa.split.consent })
  await tabTo(page, consent)
  await page.keyboard.press('Space')
  await expect(consent).toBeChecked()
  const pay = payButton(page, words, priceOf(products))
  await expect(pay).toBeEnabled()
  await tabTo(page, pay)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: moa.checkout.paid.title })).toBeVisible()
  // Nobody who goes by keys is led away from what they have paid.
  await tabTo(page, page.getByRole('link', { name: moa.checkout.paid.backToShop }))
  await expect(page.getByRole('button', { name: moa.checkout.paid.stay })).toBeHidden()
  expect((await booked(outsideWorld, cards[0]!)).charges).toEqual([140_000n])
})

test('axe finds nothing in My Moa, light or dark', async ({ page, places, outsideWorld, words }) => {
  for (const address of ['/', '/login', '/login/password', '/register']) {
    await page.goto(address)
    await findsNothing(page, address)
  }
  await newShopper(page, { ...places, outsideWorld, words })
  await findsNothing(page, '/account/cards')
  for (const address of [
    '/account',
    '/account/cards/new',
    '/account/preferences',
    '/account/vcards/new',
    '/account/vcards/shops',
    '/account/lines/new',
    '/account/bills',
    '/account/accounts',
    '/account/accounts/new',
    '/account/accounts/claim',
    '/account/e-cash',
    '/account/subscriptions',
    '/account/addresses',
    '/account/addresses/new',
  ]) {
    await page.goto(address)
    await findsNothing(page, address)
  }
})

test('axe finds nothing at the lines of a shopper, light or dark', async ({ page, logins, words }) => {
  const { line, lines } = words.moa.account
  await page.goto('/login?next=/account/lines')
  await logIn(
    page,
    words,
    logins.find(({ role }) => role === 'shopper')!,
  )
  await findsNothing(page, lines.title)
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: line.edit })).toBeVisible()
  await findsNothing(page, line.edit)
})

test('axe finds nothing between checkout and receipt, light or dark', async ({ page, places, outsideWorld, words }) => {
  const { moa } = words
  const { who } = await newShopper(page, { ...places, outsideWorld, words })
  const products = ['moon-jar', 'soban'] as const
  await order(page, { shop: places.shop, words, products, email: who.email })
  await findsNothing(page, 'the order page of the shop')
  await toCheckout(page, words)
  await findsNothing(page, 'the checkout')
  await page.getByRole('radio', { name: moa.phone.row }).check()
  await expect(page.getByRole('button', { name: moa.phone.send, exact: true })).toBeVisible()
  await findsNothing(page, 'the phone bill')
  await chooseSplit(page, words)
  await findsNothing(page, 'the proposal')
  await page.getByRole('button', { name: moa.split.change, exact: true }).click()
  await findsNothing(page, 'the shares as they are changed')
  await payButton(page, words, priceOf(products)).click()
  await staysWhenPaid(page, words)
  await findsNothing(page, 'the result')
  await page.getByRole('link', { name: moa.checkout.paid.purchase }).click()
  await expect(page.getByRole('heading', { name: moa.account.purchase.legs })).toBeVisible()
  await findsNothing(page, 'the purchase')
  await page.goto('/account')
  await seeChart(page, moa.account.home.spendingLabel.split('{')[0]!)
  await findsNothing(page, 'My Moa with a chart of spending')
})

for (const { role, addresses } of [
  {
    role: 'owner',
    addresses: [
      ...['/merchant/modules', '/merchant/modules/card', '/merchant/modules/groups'],
      ...['/merchant', '/merchant/developers', '/merchant/phone-bill', '/merchant/phone-bill/payouts'],
      ...['/merchant/phone-bill/refused', '/merchant/approvals', '/merchant/flow', '/merchant/flow/edit'],
      ...['/merchant/unpaid', '/merchant/unpaid/credits', '/merchant/refund-requests', '/merchant/disputes'],
      ...['/merchant/payouts', '/merchant/payouts/months'],
      ...['/merchant/payment-links', '/merchant/subscriptions', '/merchant/subscriptions/plans'],
      // Last: from here a payment is opened.
      '/merchant/payments',
    ],
  },
  { role: 'counselor', addresses: ['/counselor', `/counselor?q=${encodeURIComponent('한지등')}`] },
] as const) {
  test(`axe finds nothing where the ${role} works, light or dark`, async ({
    page,
    places,
    outsideWorld,
    logins,
    words,
  }) => {
    // Every page of a portal, twice.
    test.slow()
    const card = await giveOutCard(outsideWorld, { issuer: 'narae', nickname: '', limit: 100_000n })
    await order(page, { shop: places.shop, words, products: ['lantern'], email: stranger().email })
    await payByNumber(page, words, card)
    await expect(page.getByRole('heading', { name: words.shop.headline.paid })).toBeVisible()

    await page.goto(`/login?next=${addresses[0]}`)
    await logIn(
      page,
      words,
      logins.find((login) => login.role === role)!,
    )
    for (const address of addresses) {
      await page.goto(address)
      await findsNothing(page, address)
    }
    await page.getByRole('link', { name: '한지등' }).first().click()
    await page.waitForURL(/\/pay_/)
    await expect(page.getByRole('definition').first()).toBeVisible()
    await findsNothing(page, 'a payment')
  })
}

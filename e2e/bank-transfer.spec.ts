import { fill } from '../components/i18n/fill'
import { openAccount, statementOf, typeAccount } from './bank-accounts'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { join, logIn, stranger } from './shopper'
import { payButton, won } from './split'

const PRODUCTS = ['lantern'] as const
const AMOUNT = priceOf(PRODUCTS)
/** Long enough to be seen on a busy machine, and well within the time that the bank is waited for. */
const BANK_TAKES_MS = 5000

for (const locale of ['ko-KR', 'en-US'] as const) {
  test.describe(`for a reader of ${locale}`, () => {
    test.use({ locale })

    test(
      'a shopper logs in, pays from an account with its password, and the bank moves exactly the amount (M-172 … M-204, M-163, M-223, M-228)',
      { tag: locale === 'ko-KR' ? '@phone' : [] },
      async ({ page, browser, places, outsideWorld, words, picture }) => {
        const { moa, language } = words
        const who = stranger(language === 'en' ? 'Jiwoo Han' : '한지우')
        const account = await openAccount(outsideWorld, { holder: who.name })
        const elsewhere = await browser.newContext()
        await join(await elsewhere.newPage(), words, who, [])
        await elsewhere.close()

        await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
        await toCheckout(page, words)
        // Nobody pays from an account without logging in at the payment server first.
        await expect(page.getByRole('radio', { name: moa.bank.row })).toBeDisabled()
        await page.getByRole('link', { name: moa.checkout.loginFor }).click()
        await logIn(page, words, who)

        await typeAccount(page, words, { ...account, password: account.password === '0000' ? '1111' : '0000' })
        await picture('bank-1-account')
        await findsNothing(page, 'the form of an account')
        await payButton(page, words, AMOUNT).click()
        await expect(page.getByText(moa.shared.decline['wrong-account'])).toBeVisible()
        await picture('bank-2-wrong-password')

        await typeAccount(page, words, account)
        await outsideWorld.bankSwitch('gaon', {
          on: 'transfer',
          account: account.number,
          do: { kind: 'late', ms: BANK_TAKES_MS },
          times: 1,
        })
        await payButton(page, words, AMOUNT).click()
        await expect(page.getByText(moa.bank.leg.capturing)).toBeVisible()
        await picture('bank-3-transferring')

        await staysWhenPaid(page, words)
        const withdrawn = fill(moa.bank.withdrawn, { amount: won(AMOUNT, language), holder: account.holder })
        await expect(page.getByText(withdrawn)).toBeVisible()
        await picture('bank-4-paid')
        expect(await statementOf(outsideWorld, account)).toEqual({
          ...{ balance: 1_000_000n - AMOUNT, transferred: [AMOUNT], back: [] },
        })
      },
    )
  })
}

test('what stands in the way of a transfer is told in plain words, and nothing is taken (M-206)', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  const { moa } = words
  const who = stranger()
  await join(page, words, who, [])
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)

  // Whatever is missing is pointed out before anything is sent.
  await page.getByRole('radio', { name: moa.bank.row }).check()
  await payButton(page, words, AMOUNT).click()
  for (const fault of [moa.bank.fault.bank, moa.bank.fault.account, moa.bank.fault.password]) {
    await expect(page.getByText(fault)).toBeVisible()
  }
  await picture('bank-missing')

  for (const { wanted, reason } of [
    { wanted: { standing: 'suspended' }, reason: 'account-suspended' },
    { wanted: { balance: AMOUNT - 1n }, reason: 'account-balance' },
    { wanted: { locked: true }, reason: 'account-locked' },
    // This bank looks at the balance only when it transfers: the shop has confirmed by then.
    { wanted: { bank: 'marubank', balance: 1n }, reason: 'account-balance' },
  ] as const) {
    const account = await openAccount(outsideWorld, wanted)
    await typeAccount(page, words, account)
    await payButton(page, words, AMOUNT).click()
    await expect(page.getByText(moa.shared.decline[reason])).toBeVisible()
    await expect(page.getByText(moa.checkout.declined.nothing)).toBeVisible()
    await picture(`bank-refused-${wanted && 'bank' in wanted ? 'late' : reason}`)
    expect(await statementOf(outsideWorld, account)).toMatchObject({ transferred: [], back: [] })
  }
})

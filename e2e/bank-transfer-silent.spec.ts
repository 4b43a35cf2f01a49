import { openAccount, statementOf, typeAccount } from './bank-accounts'
import { expect, test } from './fixtures'
import { staysWhenPaid } from './paid'
import { order, priceOf, toCheckout } from './shop'
import { join, stranger } from './shopper'
import { payButton } from './split'

const PRODUCTS = ['lantern'] as const
const AMOUNT = priceOf(PRODUCTS)

test('a bank that does the work and says nothing is asked until it tells: the payment settles by itself, once', async ({
  page,
  places,
  outsideWorld,
  words,
  picture,
}) => {
  const { moa } = words
  const who = stranger()
  const account = await openAccount(outsideWorld)
  await join(page, words, who, [])
  await order(page, { shop: places.shop, words, products: PRODUCTS, email: who.email })
  await toCheckout(page, words)
  await typeAccount(page, words, account)
  await outsideWorld.bankSwitch('gaon', {
    ...{ on: 'transfer', account: account.number, do: { kind: 'lose-answer' }, times: 1 },
  })
  await outsideWorld.bankSwitch('gaon', {
    ...{ on: 'status', account: account.number, do: { kind: 'garbage' }, times: 1 },
  })
  await payButton(page, words, AMOUNT).click()
  await expect(page.getByText(moa.checkout.checking.title)).toBeVisible({ timeout: 20_000 })
  await picture('bank-being-checked')
  await staysWhenPaid(page, words)
  expect(await statementOf(outsideWorld, account)).toMatchObject({ transferred: [AMOUNT], back: [] })
})

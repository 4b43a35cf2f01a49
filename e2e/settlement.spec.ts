import { randomInt } from 'node:crypto'
import type { Page } from '@playwright/test'
import { callReference } from '../lib/call-reference'
import { connectIssuers } from '../lib/gateways/issuer/issuers'
import type { DemoLogin } from '../scripts/seed-people'
import { ISSUERS } from '../simulators/issuers/catalogue'
import { atWork } from './at-work'
import { findsNothing } from './axe'
import { giveOutCard, type TestCard } from './cards'
import { expect, test } from './fixtures'
import { order, payByNumber } from './shop'
import { stranger } from './shopper'

const PRODUCTS = ['lantern'] as const

/** Confirms the dialog that is open, and waits until it is done. */
async function confirm(page: Page, title: string, button: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await expect(dialog).toBeHidden()
}

/** Opens a page again until it says what the worker brings about. */
async function until(page: Page, place: string, says: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.goto(place)
    await says()
  }).toPass({ timeout: 90_000, intervals: [2_000] })
}

/** A charge in our name that is in none of our books. */
async function chargeByStranger(port: number, { issuer, number, expiry }: TestCard, amount: bigint): Promise<void> {
  const { bins } = ISSUERS.find(({ code }) => code === issuer)!
  const us = { acquirerId: '900001', terminalId: 'MOA00001' }
  const issuers = connectIssuers([{ ...us, code: issuer, host: '127.0.0.1', port, bins, connections: 1 }])
  const draw = () => callReference(new Date(), 900_000 + randomInt(99_999))
  const [month = '', year = ''] = expiry.split('/')
  const asked = {
    ...{ card: { number, expiry: `${year}${month}` }, amount: { amount, currency: 'KRW' as const } },
    acceptor: { id: 'STRANGER', name: 'Stranger', categoryCode: '5411' },
  }
  try {
    const authorization = draw()
    const held = await issuers.authorize({ ...asked, reference: authorization })
    if (held.kind !== 'approved') throw new Error('the stranger was declined')
    await issuers.capture({ ...asked, reference: draw(), authorization, authorizationId: held.authorizationId })
  } finally {
    await issuers.close()
  }
}

test('@alone an account that two people agreed on is paid out, the bank answers and states it, and what the issuer pays us; a difference at an issuer holds back its payouts until two people have closed it (M-143, M-151)', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  // Two purchases, four people, and files that go to the bank and back.
  test.setTimeout(900_000)
  const { settlement } = words.moa
  const person = (role: string) => logins.find((login) => login.role === role)!
  const [, second] = logins.filter(({ role }) => role === 'operator') as [DemoLogin, DemoLogin]
  const ownerPage = await atWork(browser, words, person('owner'), '/merchant/payouts')
  const operatorPage = await atWork(browser, words, person('operator'), '/operator/settlement')
  const lastFour = String(randomInt(1e4)).padStart(4, '0')

  // The owner proposes an account and cannot agree to it.
  await ownerPage.getByRole('button', { name: settlement.account.change }).click()
  const dialog = ownerPage.getByRole('dialog', { name: settlement.account.change })
  await dialog.getByLabel(settlement.account.bank, { exact: false }).fill('gaon')
  await dialog.getByLabel(settlement.account.number, { exact: true }).fill(`9003000000${lastFour}`)
  await dialog.getByLabel(settlement.account.holder, { exact: true }).fill('달그릇')
  await confirm(ownerPage, settlement.account.change, settlement.account.propose)
  const proposed = ownerPage.getByRole('listitem').filter({ hasText: lastFour })
  await expect(proposed).toContainText(settlement.account.state.proposed)
  await expect(proposed.getByRole('button')).toHaveCount(0)
  await findsNothing(ownerPage, 'payouts')

  await operatorPage.goto('/operator/settlement')
  const waiting = operatorPage.getByRole('listitem').filter({ hasText: lastFour })
  await waiting.getByRole('button', { name: settlement.account.agree }).click()
  await confirm(operatorPage, settlement.account.agree, settlement.account.agree)
  await expect(waiting).toHaveCount(0)

  const buy = async (): Promise<TestCard> => {
    const card = await giveOutCard(outsideWorld, { issuer: 'daon', nickname: '정산', limit: 900_000n })
    await order(page, { shop: places.shop, words, products: PRODUCTS, email: stranger().email })
    await payByNumber(page, words, card)
    await expect(page.getByRole('heading', { name: words.shop.headline.paid })).toBeVisible()
    return card
  }
  const payNow = async () => {
    await operatorPage.goto('/operator/settlement/terms')
    const row = operatorPage.getByRole('row').filter({ hasText: /(?:달그릇|Moonbowl) · KRW/ })
    await row.getByRole('button', { name: settlement.operator.payNow }).click()
    await confirm(operatorPage, settlement.operator.payNow, settlement.operator.payNow)
  }
  const newestIs = (state: string) => () =>
    expect(ownerPage.getByRole('table', { name: settlement.tab.payouts }).getByRole('row').nth(1)).toContainText(
      state,
      {
        timeout: 1_000,
      },
    )

  const reconcileNow = async () => {
    await operatorPage.goto('/operator/settlement')
    await operatorPage.getByRole('button', { name: settlement.operator.reconcileNow }).click()
    await confirm(operatorPage, settlement.operator.reconcileNow, settlement.operator.reconcileNow)
  }

  // The issuer agrees on what was charged, and pays it to our bank.
  await buy()
  await reconcileNow()
  await payNow()
  await until(ownerPage, '/merchant/payouts', newestIs(settlement.state.paid))
  await outsideWorld.stateAccount('gaon')
  await ownerPage.getByRole('table', { name: settlement.tab.payouts }).getByRole('link').first().click()
  await expect(ownerPage.getByRole('heading', { name: settlement.sums })).toBeVisible()
  const statement = ownerPage.url()
  await until(ownerPage, statement, () =>
    expect(ownerPage.getByText(settlement.bookedOn)).toBeVisible({ timeout: 1_000 }),
  )
  await findsNothing(ownerPage, 'a payout')
  await picture('payout-statement', ownerPage)
  const file = ownerPage.waitForEvent('download')
  await ownerPage.getByRole('link', { name: settlement.pdf }).click()
  expect((await file).suggestedFilename()).toMatch(/^po_.*\.pdf$/)

  await operatorPage.goto('/operator/settlement/statements')
  await findsNothing(operatorPage, 'bank statements')
  await picture('bank-statements', operatorPage)
  await operatorPage.getByRole('table', { name: settlement.statements.title }).getByRole('link').first().click()
  await expect(operatorPage.getByText(settlement.statements.kind.payout).first()).toBeVisible()
  await expect(operatorPage.getByText(settlement.statements.kind.settlement).first()).toBeVisible()
  await findsNothing(operatorPage, 'a bank statement')
  await picture('bank-statement', operatorPage)
  const issuer = ISSUERS.find(({ code }) => code === 'daon')!.name[words.language]
  const owed = operatorPage
    .getByRole('table', { name: settlement.owed.title })
    .getByRole('row')
    .filter({ hasText: issuer })
  // Nothing is owed any more: it is even, or more than that where the stranger below has charged before.
  const nothing = owed.getByText(settlement.owed.even).or(owed.getByText(settlement.owed.weOwe))
  await until(operatorPage, '/operator/settlement', () => expect(nothing).toBeVisible({ timeout: 1_000 }))
  await findsNothing(operatorPage, 'settlement')
  await picture('owed-to-us', operatorPage)

  // Somebody charges a card in our name: the issuer's totals are not ours.
  const card = await buy()
  const { port } = (await outsideWorld.state()).issuers.find(({ code }) => code === 'daon')!
  await chargeByStranger(port, card, 700n)
  const difference = operatorPage.getByRole('link', { name: new RegExp(settlement.difference.kind.money) }).first()
  for (let asked = 0; asked < 3; asked++) await reconcileNow()
  await until(operatorPage, '/operator/settlement?state=open', () => expect(difference).toBeVisible({ timeout: 1_000 }))
  await payNow()
  await until(ownerPage, '/merchant/payouts', newestIs(settlement.state.blocked))
  await picture('payout-blocked', ownerPage)

  await operatorPage.goto('/operator/settlement?state=open')
  await difference.click()
  await operatorPage.getByRole('button', { name: settlement.difference.explained.do }).click()
  await operatorPage.getByRole('textbox', { name: settlement.difference.words }).fill('발급사에 물어보았습니다')
  await confirm(operatorPage, settlement.difference.explained.do, settlement.difference.explained.do)
  // Whoever has explained it may not close it, and reads why the button waits.
  await expect(operatorPage.getByText(settlement.difference.state.explained).first()).toBeVisible()
  await expect(operatorPage.getByRole('button', { name: settlement.difference.closed.do, exact: true })).toBeDisabled()
  await findsNothing(operatorPage, 'a difference')
  const secondPage = await atWork(browser, words, second, new URL(operatorPage.url()).pathname)
  await secondPage.getByRole('button', { name: settlement.difference.closed.do, exact: true }).click()
  await secondPage.getByRole('textbox', { name: settlement.difference.words }).fill('발급사가 되돌려 줍니다')
  await confirm(secondPage, settlement.difference.closed.do, settlement.difference.closed.do)
  await picture('difference-closed', secondPage)
  await until(ownerPage, '/merchant/payouts', newestIs(settlement.state.paid))
})

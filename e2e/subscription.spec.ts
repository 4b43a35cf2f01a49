import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { findsNothing } from './axe'
import { booked, giveOutCard } from './cards'
import { demoAccount } from '../simulators/bank/demo-accounts'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { join, logIn, stranger } from './shopper'
import { won } from './split'

/** Lets a month and a bit pass for one subscription: its days lie further back, and the worker finds it due. */
const monthPasses = (email: string) =>
  change(
    email,
    `period_start = period_start - 32, period_end = period_end - 32, anchor_date = anchor_date - 32, wake_at = now()`,
  )

/** The worker looks at the subscription now, and not at its next hour. */
const hurry = (email: string) => change(email, 'wake_at = least(wake_at, now())')

async function change(email: string, what: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    await client.query(`update subscription set ${what} where shopper_id = (select id from person where email = $1)`, [
      email,
    ])
  } finally {
    await client.end()
  }
}

test('a subscription is agreed to, renewed, declined, paid with a new card, and ended by its shopper @phone', async ({
  page,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  test.slow()
  const { moa, language } = words
  const { plans, subscribe, subscription: own, state, chargeState, event } = moa.selling
  const name = `매거진 ${randomBytes(3).toString('hex')}`
  await page.goto('/login?next=/merchant/subscriptions/plans')
  await logIn(
    page,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await page.getByRole('button', { name: plans.create }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(plans.name, { exact: true }).fill(name)
  await dialog.getByLabel(plans.amount, { exact: true }).fill('12000')
  await picture('plan-maker')
  await dialog.getByRole('button', { name: plans.create }).click()
  await expect(dialog).toBeHidden()
  await findsNothing(page, 'the plans')
  await picture('plans')
  const row = page.getByRole('listitem').filter({ hasText: name })
  const address = await row.getByRole('link', { name: moa.selling.links.openPage }).getAttribute('href')

  await page.context().clearCookies()
  const who = stranger()
  const small = await giveOutCard(outsideWorld, { issuer: 'hanbit', nickname: '생활비', limit: 25_000n })
  const large = await giveOutCard(outsideWorld, { issuer: 'saero', nickname: '큰 지출', limit: 900_000n })
  await join(page, words, who, [small, large])
  await page.goto(address ?? '')
  await expect(page.getByRole('heading', { name })).toBeVisible()
  await findsNothing(page, 'the consent')
  await picture('subscribe')
  await page.getByRole('radio', { name: small.nickname }).check()
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: subscribe.submit }).click()
  await expect(page.getByText(own.done.started)).toBeVisible()
  await findsNothing(page, 'a subscription')
  await picture('subscription')
  await mailTo(outsideWorld, who.email, won(12_000n, language))

  const stands = (standing: string) =>
    expect(async () => {
      await page.reload()
      await expect(page.getByText(standing, { exact: true }).first()).toBeVisible({ timeout: 5_000 })
    }).toPass({ timeout: 90_000 })
  await monthPasses(who.email)
  await stands(event.renewed)
  expect((await booked(outsideWorld, small)).charges).toEqual([12_000n, 12_000n])

  await monthPasses(who.email)
  await stands(state['past-due'])
  await picture('subscription-past-due')
  await mailTo(outsideWorld, who.email, '/account/subscriptions/sub_')
  await page.getByRole('radio', { name: large.nickname }).check()
  await page.getByRole('button', { name: own.changeMeans }).click()
  await expect(page.getByText(own.done.means)).toBeVisible()
  await expect(page.getByText(state.active, { exact: true })).toBeVisible()
  expect((await booked(outsideWorld, large)).charges).toEqual([12_000n])
  await expect(page.getByText(chargeState.paid, { exact: true })).toHaveCount(3)

  await page.getByRole('button', { name: own.cancelNow }).click()
  await page.getByRole('dialog').getByRole('button', { name: own.cancelNow }).click()
  await expect(page.getByText(own.done.cancelled)).toBeVisible()
  await expect(page.getByText(state.cancelled, { exact: true })).toBeVisible()
  await findsNothing(page, 'a subscription that has ended')
})

test('a subscription is paid by direct debit: announced, collected at night, and renewed the same way', async ({
  page,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  test.slow()
  const { moa, language } = words
  const { plans, subscribe, subscription: own, chargeState } = moa.selling
  const { debit } = moa.checkout
  const owner = logins.find(({ role }) => role === 'owner')!
  const name = `정기 상자 ${randomBytes(3).toString('hex')}`
  await page.goto('/login?next=/merchant/subscriptions/plans')
  await logIn(page, words, owner)
  await page.getByRole('button', { name: plans.create }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(plans.name, { exact: true }).fill(name)
  await dialog.getByLabel(plans.amount, { exact: true }).fill('12000')
  await dialog.getByRole('button', { name: plans.create }).click()
  await expect(dialog).toBeHidden()
  const row = page.getByRole('listitem').filter({ hasText: name })
  const address = await row.getByRole('link', { name: moa.selling.links.openPage }).getAttribute('href')
  await page.context().clearCookies()

  // Whoever has nothing to subscribe with yet gives the mandate on the way, and comes back.
  const who = stranger()
  await join(page, words, who, [])
  await page.goto(address ?? '')
  await page.getByRole('link', { name: subscribe.addMandate }).click()
  await expect(page.getByRole('heading', { name: subscribe.newMandate.title })).toBeVisible()
  const account = demoAccount('roomy')
  await page.getByLabel(debit.bank, { exact: true }).selectOption(account.bank)
  await page.getByLabel(debit.account, { exact: true }).fill(account.number)
  await page.getByLabel(debit.holder, { exact: true }).fill(account.holder)
  await page.getByRole('button', { name: subscribe.newMandate.submit }).click()
  await expect(page.getByText(debit.fault.agreed)).toBeVisible()
  await page.getByRole('checkbox', { name: debit.agree, exact: true }).check()
  await picture('subscribe-mandate')
  await findsNothing(page, 'a mandate')
  await page.getByRole('button', { name: subscribe.newMandate.submit }).click()

  const mandate = new RegExp(`•••• ${account.number.slice(-4)}`)
  await page.getByRole('radio', { name: mandate }).check()
  await page.getByRole('checkbox').check()
  await picture('subscribe-by-debit')
  await page.getByRole('button', { name: subscribe.submit }).click()
  await expect(page.getByText(own.done.started)).toBeVisible()
  const subscription = page.url()
  /** A mail that names mandate and amount, before anything is collected. */
  const announced = (times: number) =>
    expect
      .poll(
        async () =>
          (await outsideWorld.mail({ to: who.email })).filter(
            ({ text }) => /M[0-9a-f]{32}/.test(text) && text.includes(won(12_000n, language)),
          ).length,
        { timeout: 90_000 },
      )
      .toBe(times)
  await announced(1)

  const night = async () => {
    await page.context().clearCookies()
    await page.goto('/login?next=/merchant/direct-debit')
    await logIn(page, words, owner)
    await page.getByRole('button', { name: moa.debit.collectNow }).first().click()
    const asking = page.getByRole('dialog')
    await asking.getByRole('button', { name: moa.debit.collectNow }).click()
    // What is still on its way would go as nobody's.
    await expect(asking).toBeHidden()
    await page.context().clearCookies()
    await page.goto(`/login?next=${new URL(subscription).pathname}`)
    await logIn(page, words, who)
  }
  const charged = (times: number) =>
    expect(async () => {
      await hurry(who.email)
      await page.reload()
      await expect(page.getByText(chargeState.paid, { exact: true })).toHaveCount(times, { timeout: 5_000 })
    }).toPass({ timeout: 90_000 })
  await night()
  await charged(1)
  await monthPasses(who.email)
  await expect(async () => {
    await page.reload()
    await expect(page.getByText(chargeState.open, { exact: true })).toBeVisible({ timeout: 5_000 })
  }).toPass({ timeout: 90_000 })
  await announced(2)
  await night()
  await charged(2)
  await picture('subscription-by-debit')
})

import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { paidPurchase } from './purchase'
import { logIn } from './shopper'

test('@phone an operator sees that everything is up, finds a payment’s messages and counts the day (M-31, M-33 … M-36)', async ({
  page,
  browser,
  viewport,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  // A whole purchase, and every page of the console looked at in light and dark.
  test.slow()
  const { operator, codes } = words.moa
  const { cards } = await paidPurchase(page, { ...places, outsideWorld, words })
  const [card] = cards
  const day = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Seoul' }).format(Date.now())

  const console_ = await (await browser.newContext({ viewport })).newPage()
  await console_.goto('/login?next=/operator')
  await logIn(
    console_,
    words,
    logins.find(({ role }) => role === 'operator')!,
  )
  const links = console_.getByRole('table', { name: operator.board.links.title })
  // Processes report every ten seconds; the board follows by itself.
  const issuer = links.getByRole('row').filter({ hasText: operator.board.link.issuer }).first()
  await expect(issuer).toContainText(operator.board.state.up, { timeout: 60_000 })
  for (const process of ['api', 'web', 'worker'] as const)
    await expect(
      console_
        .getByRole('table', { name: operator.board.processes.title })
        .getByText(codes.process[process], { exact: true }),
    ).toBeVisible()
  await findsNothing(console_, 'the board')
  await picture('operator-board', console_)

  await console_.getByRole('link', { name: operator.places.messages }).click()
  await console_.getByLabel(operator.messages.link, { exact: true }).selectOption('issuer')
  await console_.getByRole('textbox', { name: operator.messages.contains }).fill('VC=')
  await console_.getByRole('button', { name: operator.messages.search, exact: true }).click()
  await console_.waitForURL(({ searchParams }) => searchParams.get('text') === 'VC=')
  const log = console_.getByRole('list', { name: operator.messages.title })
  const sent = log.getByRole('listitem').filter({ hasText: 'authorize' }).first()
  await sent.locator('summary').click()
  // Masked: the first six and the last four digits, and nothing to use the card with.
  await expect(sent).toContainText(/2=[0-9]{6}\*{6}[0-9]{4}/)
  await expect(log).not.toContainText(card!.number)
  await findsNothing(console_, 'the transaction log')
  await picture('operator-log', console_)
  const download = console_.waitForEvent('download')
  await console_.getByRole('link', { name: operator.messages.export }).click()
  expect((await download).suggestedFilename()).toBe('transaction-log.csv')

  await console_.getByRole('link', { name: operator.places.statistics }).click()
  await console_.waitForURL(/\/operator\/statistics/)
  // It may be past midnight by now.
  await console_.goto(`/operator/statistics?day=${day}`)
  // Another journey may have counted the day before.
  await console_
    .getByRole('button', { name: new RegExp(`${operator.statistics.countFirst}|${operator.statistics.count}`) })
    .click()
  const means = console_.getByRole('table', { name: operator.statistics.byMeans })
  await expect(means.getByRole('row').filter({ hasText: words.moa.modules.names.vcard }).first()).toBeVisible()
  await expect(console_.getByRole('img', { name: operator.statistics.chart })).toBeVisible()
  await findsNothing(console_, 'the statistics')
  await picture('operator-statistics', console_)

  // The switch itself is left alone: other journeys pay by phone bill at this moment.
  await console_.getByRole('link', { name: operator.places.phoneBill }).click()
  await expect(
    console_.getByRole('heading', { name: fill(operator.phoneBill.limits, { currency: 'KRW' }) }),
  ).toBeVisible()
  await console_.getByRole('button', { name: operator.phoneBill.change }).click()
  await console_.getByLabel(operator.phoneBill.countPerMonth).fill('99')
  await console_.getByRole('button', { name: words.moa.shared.save, exact: true }).click()
  await expect(console_.getByText('99', { exact: true })).toBeVisible()
  await findsNothing(console_, 'the phone bill')
  await picture('operator-phone-bill', console_)
  for (const address of ['/operator/phone-bill/shops', '/operator/phone-bill/clients']) {
    await console_.goto(address)
    await findsNothing(console_, address)
  }
  await console_.context().close()
})

test('nobody but operators and auditors learns that there is a console (P6.1, P6.2)', async ({
  page,
  logins,
  words,
}) => {
  await page.goto('/login?next=/operator')
  await logIn(
    page,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  for (const address of [
    ...['/operator', '/operator/messages', '/operator/statistics', '/operator/phone-bill'],
    ...['/operator/settlement', '/operator/settlement/terms'],
  ]) {
    const answer = await page.request.get(address)
    expect([address, answer.status()]).toEqual([address, 404])
  }
})

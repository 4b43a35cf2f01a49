import { randomBytes } from 'node:crypto'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { logIn } from './shopper'

test('@phone an owner makes an application, the operator says what it may do and what its code costs (M-81)', async ({
  page,
  browser,
  logins,
  words,
  picture,
}) => {
  test.slow()
  const { applications: made } = words.moa.merchant
  const { applications: run } = words.moa.operator
  const loginOf = (wanted: string) => logins.find(({ role }) => role === wanted)!
  const name = `벨소리 가게 ${randomBytes(3).toString('hex')}`

  await page.goto('/login?next=/merchant/developers')
  await logIn(page, words, loginOf('owner'))
  await page.getByRole('button', { name: made.create }).click()
  const creating = page.getByRole('dialog', { name: made.create })
  await creating.getByRole('textbox', { name: made.name }).fill(name)
  await creating.getByRole('button', { name: made.create }).click()
  await expect(creating.getByText(made.secret)).toBeVisible()
  expect(await creating.locator('p.font-mono').innerText()).toMatch(/^moa_app_[A-Za-z0-9_-]{43}$/)
  await expect(async () => {
    await creating.getByRole('button', { name: made.secretDone }).click()
    await expect(creating).toBeHidden({ timeout: 2_000 })
  }).toPass()
  const own = page.getByRole('listitem').filter({ hasText: name })
  await expect(own).toBeVisible()
  await picture('merchant-applications')

  const desk = await (await browser.newContext()).newPage()
  await desk.goto(`/login?next=/operator/applications`)
  await logIn(desk, words, loginOf('operator'))
  await desk.getByRole('link', { name }).click()
  await desk.getByRole('button', { name: run.allow }).click()
  const allowing = desk.getByRole('dialog', { name: run.allowTitle })
  await allowing.getByRole('checkbox', { name: 'chargeAmount' }).check()
  await allowing.getByRole('textbox', { name: run.largest }).fill('5,000')
  await picture('operator-application-rights', desk)
  await allowing.getByRole('button', { name: run.allow }).click()
  await expect(allowing).toBeHidden()
  await expect(desk.getByText('chargeAmount', { exact: true })).toBeVisible()
  await desk.getByRole('button', { name: run.tariff.add }).click()
  const pricing = desk.getByRole('dialog', { name: run.tariff.add })
  await pricing.getByRole('textbox', { name: run.tariff.code }).fill('song')
  await pricing.getByRole('textbox', { name: run.tariff.price }).fill('700')
  await pricing.getByRole('button', { name: run.tariff.add }).click()
  await expect(desk.getByRole('row').filter({ hasText: 'song' })).toBeVisible()
  await findsNothing(desk, 'an application')
  await picture('operator-application', desk)
  await desk.goto('/operator/applications')
  await findsNothing(desk, 'applications')
  await picture('operator-applications', desk)
  await desk.context().close()

  await page.reload()
  await expect(own).toContainText('1')
})

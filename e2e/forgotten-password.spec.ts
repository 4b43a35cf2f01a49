import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { awake, join, logIn, stranger } from './shopper'

const RESET = /https?:\/\/\S+\/login\/password\/\S+/

test('somebody who has forgotten their password chooses another by the link of a mail, which ends every session (P6.5, P6.7)', async ({
  page,
  browser,
  outsideWorld,
  words,
  picture,
}) => {
  const { auth } = words.moa
  const [who, nobody] = [stranger(), stranger()]
  const password = 'eleven quiet lighthouses'
  await join(page, words, who, [])

  // In another browser, which knows nothing of them.
  const theirs = await (await browser.newContext({ locale: words.language === 'ko' ? 'ko-KR' : 'en-US' })).newPage()
  await theirs.goto('/login')
  await theirs.getByRole('link', { name: auth.login.forgot, exact: true }).click()
  await theirs.waitForURL((url) => url.pathname === '/login/password')
  await expect(theirs.getByRole('heading', { name: auth.forgot.title, exact: true })).toBeVisible()
  const address = theirs.getByLabel(auth.forgot.email)
  await awake(theirs.locator('form', { has: address }))
  await picture('forgotten-password', theirs)
  await findsNothing(theirs, '/login/password')
  const ask = async (email: string) => {
    await address.fill(email)
    await theirs.getByRole('button', { name: auth.forgot.submit, exact: true }).click()
    await expect(theirs.getByText(auth.forgot.mailed.title)).toBeVisible()
  }
  // Whoever asks reads the same, whether or not there is an account: only the mails differ.
  await ask(nobody.email)
  await theirs.getByRole('button', { name: auth.forgot.mailed.change, exact: true }).click()
  await ask(who.email)
  await picture('forgotten-password-mailed', theirs)
  await mailTo(outsideWorld, nobody.email, /https?:\/\/\S+\/register/)
  const mail = await mailTo(outsideWorld, who.email, RESET)
  const link = RESET.exec(mail.text)![0]

  await theirs.goto(link)
  const field = theirs.getByLabel(auth.reset.password, { exact: true })
  await awake(theirs.locator('form', { has: field }))
  await picture('new-password', theirs)
  await findsNothing(theirs, '/login/password/[token]')
  // Looking at the link has changed nothing: whoever is logged in still is.
  await page.goto('/account/security')
  await page.waitForURL((url) => url.pathname === '/account/security')

  const choose = theirs.getByRole('button', { name: auth.reset.submit, exact: true })
  await field.fill('too short')
  await choose.click()
  await expect(theirs.getByText(auth.register.fault['password-too-short'])).toBeVisible()
  await field.fill(password)
  await choose.click()
  await theirs.waitForURL((url) => url.pathname === '/login')
  await expect(theirs.getByText(auth.login.changed)).toBeVisible()
  await mailTo(outsideWorld, who.email, /비밀번호가 바뀌었고|Your password was changed/, mail.id)

  await page.goto('/account/security')
  await page.waitForURL((url) => url.pathname === '/login')
  await awake(page.locator('form', { has: page.getByLabel(auth.login.email) }))
  await page.getByLabel(auth.login.email).fill(who.email)
  await page.getByLabel(auth.login.password, { exact: true }).fill(who.password)
  await page.getByRole('button', { name: auth.login.submit, exact: true }).click()
  await expect(page.getByText(auth.login.refused)).toBeVisible()
  await logIn(page, words, { email: who.email, password })

  await theirs.goto(link)
  await expect(theirs.getByRole('heading', { name: auth.reset.goneTitle, exact: true })).toBeVisible()
})

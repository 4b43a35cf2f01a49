import { findsNothing } from './axe'
import { fill } from '../components/i18n/fill'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { awake, logIn, stranger } from './shopper'

const INVITATION = /https?:\/\/\S+\/invitation\/\S+/

test('an owner invites a counselor by mail, who makes an account, joins, and is removed again (P6.3)', async ({
  page,
  browser,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  const { people, merchant, auth } = words.moa
  const who = stranger('유하나')
  await page.goto('/login?next=/merchant/team')
  await logIn(
    page,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await findsNothing(page, '/merchant/team')
  await page.getByRole('button', { name: people.team.invite, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: people.team.inviteTitle })
  await dialog.getByLabel(people.team.email).fill('not an address')
  await dialog.getByLabel(people.team.role).selectOption('counselor')
  await dialog.getByLabel(people.team.limitLabel).fill('50000')
  await picture('team-invite')
  await dialog.getByLabel(people.team.email).fill(who.email)
  await dialog.getByRole('button', { name: people.team.send, exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(who.email)).toBeVisible()
  await picture('team')

  const mail = await mailTo(outsideWorld, who.email, INVITATION)
  const link = INVITATION.exec(mail.text)![0]
  const theirs = await (await browser.newContext({ locale: words.language === 'ko' ? 'ko-KR' : 'en-US' })).newPage()
  await theirs.goto(link)
  await expect(theirs.getByText(merchant.role.counselor)).toBeVisible()
  await findsNothing(theirs, '/invitation')
  await theirs.getByRole('link', { name: people.invitation.register }).click()
  await awake(theirs.locator('form', { has: theirs.getByLabel(auth.register.name) }))
  await theirs.getByLabel(auth.register.name).fill(who.name)
  await theirs.getByLabel(auth.register.email).fill(who.email)
  await theirs.getByLabel(auth.register.password, { exact: true }).fill(who.password)
  await theirs.getByRole('button', { name: auth.register.submit, exact: true }).click()
  await expect(theirs.getByText(auth.login.welcome)).toBeVisible()
  await logIn(theirs, words, who)
  await theirs.getByRole('button', { name: people.invitation.accept, exact: true }).click()
  await expect(theirs.getByText(people.invitation.welcome)).toBeVisible()
  await logIn(theirs, words, who)
  await theirs.waitForURL((url) => url.pathname === '/counselor')
  await theirs.goto(link)
  await expect(theirs.getByRole('heading', { name: people.invitation.goneTitle })).toBeVisible()

  await page.reload()
  const row = page.getByRole('row').filter({ hasText: who.email })
  await expect(row).toContainText('50,000')
  await row.getByRole('button', { name: people.team.dismiss, exact: true }).click()
  const farewell = page.getByRole('dialog', { name: fill(people.team.dismissTitle, { name: who.name }) })
  await farewell.getByRole('button', { name: people.team.dismiss, exact: true }).click()
  // Behind a dialog nothing can be found: only once it is gone does a missing row say that it is done.
  await expect(farewell).toBeHidden()
  await expect(row).toHaveCount(0)
  await theirs.goto('/counselor')
  await theirs.waitForURL((url) => url.pathname === '/login')
})

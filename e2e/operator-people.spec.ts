import { fill } from '../components/i18n/fill'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { join, logIn, stranger } from './shopper'

const INVITATION = /https?:\/\/\S+\/invitation\/\S+/

test('an operator opens a shop, its invited owner joins, and both are suspended and let in again (P6.1, P6.5)', async ({
  page,
  browser,
  outsideWorld,
  logins,
  words,
  picture,
}) => {
  // Two people, a mail, and every page looked at in light and dark.
  test.setTimeout(240_000)
  const { operator, people, merchant } = words.moa
  const owner = stranger('유새벽')
  const name = `새벽책방 ${owner.email.slice(8, 18)}`
  await page.goto('/login?next=/operator/shops')
  await logIn(
    page,
    words,
    logins.find(({ role }) => role === 'operator')!,
  )
  await findsNothing(page, '/operator/shops')
  await page.getByRole('button', { name: operator.shops.open, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: operator.shops.openTitle })
  await dialog.getByLabel(operator.shops.name, { exact: true }).fill(name)
  await dialog.getByLabel(operator.shops.nameEn, { exact: true }).fill(name)
  await dialog.getByLabel(operator.shops.category).fill('5942')
  await dialog.getByLabel(operator.shops.ownerEmail).fill(owner.email)
  await picture('operator-open-shop')
  await dialog.getByRole('button', { name: operator.shops.open, exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText(operator.shops.noOwner)
  await picture('operator-shops')

  const mail = await mailTo(outsideWorld, owner.email, INVITATION)
  const link = INVITATION.exec(mail.text)![0]
  const theirs = await (await browser.newContext({ locale: words.language === 'ko' ? 'ko-KR' : 'en-US' })).newPage()
  await join(theirs, words, owner, [])
  await theirs.goto(link)
  await theirs.getByRole('button', { name: people.invitation.accept, exact: true }).click()
  await expect(theirs.getByText(people.invitation.welcome)).toBeVisible()
  await logIn(theirs, words, owner)
  await theirs.waitForURL((url) => url.pathname === '/merchant')

  // The shop is stopped: its people read it, and why stands in the operators' record.
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await findsNothing(page, 'a shop')
  await page.getByRole('button', { name: operator.shops.suspend, exact: true }).click()
  const stop = page.getByRole('dialog', { name: fill(operator.shops.suspendTitle, { name }) })
  await stop.getByLabel(operator.people.reason).fill('서류를 기다려요')
  await stop.getByRole('button', { name: operator.shops.suspend, exact: true }).click()
  await expect(stop).toBeHidden()
  await expect(page.getByRole('list', { name: operator.people.trail })).toContainText('서류를 기다려요')
  await picture('operator-shop')
  await theirs.reload()
  await expect(theirs.getByText(merchant.suspended.title)).toBeVisible()
  await findsNothing(theirs, 'the portal of a suspended shop')

  // The person is stopped: the session ends, and the right password no longer helps.
  await page.goto(`/operator/people?q=${encodeURIComponent(owner.email)}`)
  await findsNothing(page, '/operator/people')
  await picture('operator-people')
  await page.getByRole('link', { name: owner.name }).click()
  await page.getByRole('button', { name: operator.people.suspend, exact: true }).click()
  const out = page.getByRole('dialog', { name: fill(operator.people.suspendTitle, { name: owner.name }) })
  await out.getByLabel(operator.people.reason).fill('계정이 도용됐어요')
  await out.getByRole('button', { name: operator.people.suspend, exact: true }).click()
  await expect(out).toBeHidden()
  await findsNothing(page, 'a person')
  await theirs.goto('/merchant')
  await theirs.waitForURL((url) => url.pathname === '/login')

  await page.getByRole('button', { name: operator.people.reopen, exact: true }).click()
  const back = page.getByRole('dialog', { name: fill(operator.people.reopenTitle, { name: owner.name }) })
  await back.getByLabel(operator.people.reason).fill('비밀번호를 바꿨어요')
  await back.getByRole('button', { name: operator.people.reopen, exact: true }).click()
  await expect(back).toBeHidden()
  await logIn(theirs, words, owner)
  await theirs.waitForURL((url) => url.pathname === '/merchant')
})

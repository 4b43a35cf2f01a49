import type { Locator, Page } from '@playwright/test'
import { generateSync } from 'otplib'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { mailTo } from './messages'
import { awake, join, logIn, stranger } from './shopper'
import type { ReaderWords } from './words'

/** What an app with this key shows: now, or half a minute from now when the present code was used. */
const codeOf = (secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 * steps })

const panelOf = (page: Page, title: string): Locator =>
  page.locator('section', { has: page.getByRole('heading', { name: title, exact: true }) })

/** Adds an authenticator app as its owner would; answers its key. */
async function addApp(page: Page, { moa }: ReaderWords): Promise<string> {
  const { app } = moa.people.security
  await page.getByRole('button', { name: app.add, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: app.add })
  await expect(dialog.getByRole('img', { name: app.qr })).toBeVisible()
  const secret = (await dialog.locator('[data-authenticator-key]').innerText()).replace(/\s/g, '')
  await dialog.getByLabel(app.code).fill(codeOf(secret))
  await dialog.getByRole('button', { name: app.confirm, exact: true }).click()
  await expect(dialog).toBeHidden()
  return secret
}

async function logOut(page: Page, { moa }: ReaderWords): Promise<void> {
  await page.getByRole('button', { name: moa.shared.nav.logout, exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/login')
}

test('somebody adds an app, logs in with its code, and with a recovery code when the phone is gone (P6.4)', async ({
  page,
  outsideWorld,
  words,
  picture,
}) => {
  const { people } = words.moa
  const who = stranger()
  await join(page, words, who, [])
  await page.goto('/account/security')
  await picture('security-off')
  await findsNothing(page, '/account/security')
  const secret = await addApp(page, words)
  await expect(panelOf(page, people.security.app.title).getByRole('button')).toHaveText(people.security.app.remove)

  await page.getByRole('button', { name: people.security.recovery.renew, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: people.security.recovery.renewTitle })
  await dialog.getByRole('button', { name: people.security.recovery.renew, exact: true }).click()
  await expect(dialog.getByText(people.security.recovery.shown)).toBeVisible()
  const codes = (await dialog.locator('p.font-mono').innerText()).split(' ')
  expect(codes).toHaveLength(10)
  await dialog.getByRole('button', { name: people.security.recovery.done }).click()
  await picture('security-on')

  await logOut(page, words)
  await page.goto('/login?next=/account/purchases')
  await logIn(page, words, who)
  await expect(page.getByRole('heading', { name: people.prove.title })).toBeVisible()
  await picture('second-factor')
  await findsNothing(page, '/login/second-factor')
  // Until then nobody is logged in.
  await page.goto('/account')
  await page.waitForURL((url) => url.pathname === '/login/second-factor')

  await page.goto('/login?next=/account/purchases')
  const field = page.getByLabel(people.prove.code)
  await awake(page.locator('form', { has: field }))
  await field.fill('000000')
  await page.getByRole('button', { name: people.prove.submit, exact: true }).click()
  await expect(page.getByText(people.prove.fault.wrong)).toBeVisible()
  await field.fill(codeOf(secret, 1))
  await page.getByRole('button', { name: people.prove.submit, exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/account/purchases')

  await logOut(page, words)
  await logIn(page, words, who)
  await awake(page.locator('form', { has: field }))
  await field.fill(codes[3]!)
  await page.getByRole('button', { name: people.prove.submit, exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/account')
  await mailTo(outsideWorld, who.email, /./)
})

test('somebody adds a passkey and logs in with it, where the pages have a name', async ({ page, words, baseURL }) => {
  const { passkeys } = words.moa.people.security
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasResidentKey: false,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  const who = stranger()
  await join(page, words, who, [])

  await page.goto('/account/security')
  const add = async () => {
    await page.getByRole('button', { name: passkeys.add, exact: true }).click()
    const dialog = page.getByRole('dialog', { name: passkeys.add })
    await dialog.getByLabel(passkeys.name).fill('내 노트북')
    await dialog.getByRole('button', { name: passkeys.confirm, exact: true }).click()
    return dialog
  }
  // An address is no domain: the page says where passkeys work.
  const named = new URL(baseURL!)
  named.hostname = 'localhost'
  await expect((await add()).getByRole('alert')).toContainText(named.origin)

  await page.goto(`${named.origin}/login?next=/account/security`)
  await logIn(page, words, who)
  await expect(await add()).toBeHidden()
  await expect(page.getByText('내 노트북')).toBeVisible()

  await logOut(page, words)
  await page.goto(`${named.origin}/login?next=/account/security`)
  await logIn(page, words, who)
  await awake(page.locator('form', { has: page.getByLabel(words.moa.people.prove.code) }))
  await page.getByRole('button', { name: words.moa.people.prove.passkey }).click()
  await page.waitForURL((url) => url.pathname === '/account/security')
  await expect(page.getByText('내 노트북')).toBeVisible()
})

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findsNothing } from './axe'
import { expect, test } from './fixtures'
import { paidPurchase } from './purchase'
import { search } from './search'
import { logIn } from './shopper'

const VERIFIER = path.resolve(import.meta.dirname, '../examples/evidence/verify-evidence.mjs')

const verify = (file: string) => spawnSync(process.execPath, [VERIFIER, file], { encoding: 'utf8' })

test('a shop takes the evidence of a payment away as one file, which openssl alone checks; a changed byte is found (M-222)', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
  picture,
}, testInfo) => {
  const { evidence } = words.moa.merchant
  const { evidence: audit } = words.moa.operator
  const { orderNumber } = await paidPurchase(page, { ...places, outsideWorld, words })
  const portal = await (await browser.newContext({ acceptDownloads: true })).newPage()
  await portal.goto('/login?next=/merchant/payments')
  await logIn(
    portal,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await search(portal, orderNumber)
  await portal.getByRole('link', { name: words.language === 'ko' ? '달항아리' : 'Moon jar' }).click()
  await portal.waitForURL(/\/merchant\/payments\/pay_/)
  await expect(portal.getByText(evidence.valid, { exact: true }).first()).toBeVisible()
  await expect(portal.getByText(evidence.invalid, { exact: true })).toHaveCount(0)
  await picture('evidence', portal)

  const [download] = await Promise.all([
    portal.waitForEvent('download'),
    portal.getByRole('link', { name: evidence.download }).click(),
  ])
  const file = testInfo.outputPath('evidence.json')
  await download.saveAs(file)
  const checked = verify(file)
  expect(checked.status, checked.stdout + checked.stderr).toBe(0)

  // The signed order number, one digit on.
  const text = readFileSync(file, 'utf8')
  const signed = /"(eyJ[\w-]+\.)([\w-]+)(\.[\w-]+)"/.exec(text)!
  const claims = Buffer.from(signed[2]!, 'base64url').toString('latin1')
  const changed = claims.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10))
  const forged = testInfo.outputPath('forged.json')
  writeFileSync(forged, text.replaceAll(signed[2]!, Buffer.from(changed, 'latin1').toString('base64url')))
  expect(verify(forged).status).toBe(1)

  // The auditor, who belongs to no shop, takes the same away; the shop's owner asks there in vain.
  const paymentId = new URL(portal.url()).pathname.split('/').at(-1)
  expect((await portal.request.get(`/operator/evidence/export?payment=${paymentId}`)).status()).toBe(404)
  await portal.context().close()
  const desk = await (await browser.newContext({ acceptDownloads: true })).newPage()
  await desk.goto('/login?next=/operator/evidence')
  await logIn(
    desk,
    words,
    logins.find(({ role }) => role === 'auditor')!,
  )
  await expect(desk.getByText(audit.ask)).toBeVisible()
  await search(desk, paymentId!)
  await expect(desk.getByText(evidence.valid, { exact: true }).first()).toBeVisible()
  await expect(desk.getByText(evidence.invalid, { exact: true })).toHaveCount(0)
  await findsNothing(desk, 'the evidence of any payment')
  await picture('operator-evidence', desk)
  const [copy] = await Promise.all([
    desk.waitForEvent('download'),
    desk.getByRole('link', { name: evidence.download }).click(),
  ])
  const theirs = testInfo.outputPath('evidence-of-the-auditor.json')
  await copy.saveAs(theirs)
  expect(verify(theirs).status).toBe(0)
  await desk.context().close()
})

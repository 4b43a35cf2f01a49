import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures'
import { paidPurchase } from './purchase'
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
  test.setTimeout(150_000)
  const { evidence, payments } = words.moa.merchant
  const { orderNumber } = await paidPurchase(page, { ...places, outsideWorld, words })
  const portal = await (await browser.newContext({ acceptDownloads: true })).newPage()
  await portal.goto('/login?next=/merchant/payments')
  await logIn(
    portal,
    words,
    logins.find(({ role }) => role === 'owner')!,
  )
  await portal.getByRole('searchbox', { name: payments.search }).fill(orderNumber)
  await portal.keyboard.press('Enter')
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
  await portal.context().close()
})

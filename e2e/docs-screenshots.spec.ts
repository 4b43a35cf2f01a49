import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { paidPurchase } from './purchase'
import { logIn } from './shopper'
import { wordsFor } from './words'

/** Where the guides find their pictures. Drawn only with GUIDE_PICTURES=write (playwright.config.ts), so that a test run changes no sources. */
const PICTURES = path.resolve(import.meta.dirname, '../public/guides')

const SHOTS = [
  { name: 'modules', role: 'owner', address: '/merchant/modules' },
  { name: 'payments', role: 'owner', address: '/merchant/payments' },
  { name: 'desk', role: 'counselor', address: `/counselor?q=${encodeURIComponent('달항아리')}` },
  { name: 'board', role: 'operator', address: '/operator' },
] as const

const SIZE = { width: 1200, height: 750 }

/** The picture as WebP, drawn anew by a blank page: a quarter of the size, and nothing more to install. */
async function asWebp(browser: Browser, png: Buffer): Promise<Buffer> {
  const blank = await browser.newPage()
  const url = await blank.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    canvas.getContext('2d')?.drawImage(image, 0, 0)
    return canvas.toDataURL('image/webp', 0.82)
  }, png.toString('base64'))
  await blank.close()
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}

test('the guides’ pictures are of the pages as they are', async ({
  page,
  browser,
  places,
  outsideWorld,
  logins,
  words,
}) => {
  test.setTimeout(240_000)
  await paidPurchase(page, { ...places, outsideWorld, words })
  mkdirSync(PICTURES, { recursive: true })
  let bytes = 0
  for (const [locale, browserLocale] of [
    ['ko', 'ko-KR'],
    ['en', 'en-US'],
  ] as const) {
    const read = wordsFor(browserLocale)
    for (const { name, role, address } of SHOTS) {
      const context = await browser.newContext({ viewport: SIZE, locale: browserLocale, colorScheme: 'light' })
      const theirs = await context.newPage()
      await theirs.goto(`/login?next=${encodeURIComponent(address)}`)
      await logIn(
        theirs,
        read,
        logins.find((login) => login.role === role)!,
      )
      await theirs.waitForURL((url) => url.pathname === address.split('?')[0])
      await settled(theirs)
      const picture = await asWebp(browser, await theirs.screenshot({ animations: 'disabled' }))
      writeFileSync(path.join(PICTURES, `${name}-${locale}.webp`), picture)
      bytes += picture.length
      await context.close()
    }
  }
  expect(bytes).toBeLessThan(2_000_000)
})

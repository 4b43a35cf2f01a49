import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { test as base } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import type { DemoLogin } from '../scripts/seed-people'
import { outsideWorldAt } from '../simulators/client'
import type { OutsideWorldClient } from '../simulators/client'
import { awakened, showAwakePages } from './awake-pages'
import { wordsFor } from './words'
import type { ReaderWords } from './words'

export { expect } from '@playwright/test'

interface Places {
  readonly shop: string
  /** Of another merchant, whose contract, modules and flow a journey may change. */
  readonly secondShop: string
  readonly outsideWorld: string
  readonly api: string
}

interface Fixtures {
  /** Where the parts of the system under test are; the pages themselves are the base URL. */
  readonly places: Places
  /** Watches and steers issuers, mail and everything else outside. */
  readonly outsideWorld: OutsideWorldClient
  readonly logins: readonly DemoLogin[]
  /** What the pages say in the browser's language. */
  readonly words: ReaderWords
  /** Keeps a picture of the whole page, for people to look at; journeys never compare pictures. */
  readonly picture: (name: string, page?: Page) => Promise<void>
  /** Fails the journey when a page threw an error or asked a stranger for something. */
  readonly quietPage: void
}

/** By its name too: passkeys belong to one, and never to an address. */
const OURS = new Set(['127.0.0.1', 'localhost'])

export const OUTSIDE_WORLD = process.env.OUTSIDE_URL ?? 'http://127.0.0.1:3002'

const PICTURES = path.join(import.meta.dirname, '__screenshots__')

export const test = base.extend<Fixtures, { browser: Browser }>({
  browser: [
    async ({ browser }, use) => {
      const open = browser.newContext.bind(browser)
      browser.newContext = async (options) => {
        const context = await open(options)
        await showAwakePages(context)
        return context
      }
      await use(browser)
    },
    { scope: 'worker' },
  ],
  places: async ({}, use) => {
    await use({
      shop: process.env.SHOP_URL ?? 'http://127.0.0.1:3001',
      secondShop: process.env.SECOND_SHOP_URL ?? 'http://127.0.0.1:3005',
      outsideWorld: OUTSIDE_WORLD,
      api: process.env.API_URL ?? 'http://127.0.0.1:3003',
    })
  },
  outsideWorld: async ({ places }, use) => {
    await use(outsideWorldAt(places.outsideWorld))
  },
  logins: async ({}, use) => {
    await use(JSON.parse(process.env.DEMO_LOGINS ?? '[]') as DemoLogin[])
  },
  words: async ({ locale }, use) => {
    await use(wordsFor(locale))
  },
  picture: async ({ page, viewport, words }, use, testInfo) => {
    mkdirSync(PICTURES, { recursive: true })
    await use(async (name, shown = page) => {
      const file = path.join(PICTURES, `${name}-${viewport?.width}-${words.language}.png`)
      await awakened(shown)
      await shown.evaluate(() => document.fonts.ready.then(() => undefined))
      await shown.screenshot({ path: file, fullPage: true, animations: 'disabled' })
      await testInfo.attach(name, { path: file, contentType: 'image/png' })
    })
  },
  quietPage: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(`the page threw ${error.message}`))
      page.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url())
        if (protocol.startsWith('http') && !OURS.has(hostname)) complaints.push(`it asked ${hostname}`)
      })
      await use()
      base.expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

import { defineConfig } from '@playwright/test'

/** Root may not use Chromium's sandbox; the rest keeps the browser from calling home. */
const args = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...['--disable-quic', '--no-first-run', '--disable-background-networking'],
]

/** Only the journeys that count the books of a whole day, on a system that nobody else has used: ALONE=1 npm run test:e2e. */
const isAlone = Boolean(process.env.ALONE)
const DESKTOP = { viewport: { width: 1440, height: 900 } }

/** The browser journeys. `npm run test:e2e` starts a system for them; without it they go through the one of `npm start`. */
export default defineConfig({
  testDir: 'e2e',
  // It draws the guides' pictures and proves nothing: GUIDE_PICTURES=write npm run test:e2e -- docs-screenshots
  testIgnore: process.env.GUIDE_PICTURES === 'write' ? [] : ['docs-screenshots.spec.ts'],
  // Of its own: a run begins by emptying it.
  outputDir: isAlone ? 'test-results/alone' : 'test-results',
  forbidOnly: true,
  // A journey that passes only the second time has found something.
  retries: 0,
  workers: isAlone ? 1 : 2,
  // No journey waits for these but one that has gone wrong: on a busy machine the longest take three times as long as on a quiet one.
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args },
  },
  projects: isAlone
    ? [{ name: 'alone', grep: /@alone/, use: DESKTOP }]
    : [
        { name: 'desktop', grepInvert: /@alone/, use: DESKTOP },
        // Journeys tagged @phone are walked on a phone too.
        {
          name: 'phone',
          grep: /@phone/,
          use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
        },
      ],
})

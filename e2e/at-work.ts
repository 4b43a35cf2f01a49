import type { Browser, Page } from '@playwright/test'
import { logIn } from './shopper'
import type { ReaderWords } from './words'

/** Somebody at work, on a page of their own. */
export async function atWork(
  browser: Browser,
  words: ReaderWords,
  who: { email: string; password: string },
  place: string,
): Promise<Page> {
  const context = await browser.newContext({ locale: words.language === 'ko' ? 'ko-KR' : 'en-US' })
  const page = await context.newPage()
  await page.goto(`/login?next=${place}`)
  await logIn(page, words, who)
  return page
}

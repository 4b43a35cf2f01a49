import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { awakened } from './awake-pages'
import { expect } from './fixtures'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Lets axe look at the page as it is, in light and in dark. Goes on afterwards, so that one run names every page. */
export async function findsNothing(page: Page, what: string): Promise<void> {
  await awakened(page)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await atRest(page)
    // No frames anywhere, so there is no need of a second page to gather results in.
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode().analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    expect.soft(found, `${what}, ${colorScheme}`).toEqual([])
  }
}

/** Waits for what is still fading in or sliding: halfway its colours are nobody's choice. What goes round for ever is left to go. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(
        ({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().endTime) <= 1_000,
      )
    const rest = Promise.allSettled(ending.map(({ finished }) => finished))
    return Promise.race([rest, new Promise((resolve) => setTimeout(resolve, 2_000))]).then(() => undefined)
  })
}

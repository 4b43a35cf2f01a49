import type { BrowserContext, Page } from '@playwright/test'

/**
 * What Next says aloud after a navigation repeats the title or the heading, in a corner that only screen readers read. Journeys
 * look for what people see: there it would stand twice, now and then.
 */
function hideAnnouncer() {
  const attach = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (init) {
    return attach.call(this, this.localName === 'next-route-announcer' ? { ...init, mode: 'closed' } : init)
  }
}

/**
 * A page that the server has drawn is a picture until its scripts have taken it over: a click on it may be lost, and so may what
 * is typed into it. Journeys are quicker than people, and a busy machine is slower; so a page stays invisible to them, and
 * Playwright waits, until every button and field of it is alive. Pages without such scripts are seen at once.
 */
function hideUntilAwake() {
  const veil = new CSSStyleSheet()
  veil.replaceSync('body { visibility: hidden !important }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, veil]
  const isAlive = (element: Element) => Object.keys(element).some((key) => key.startsWith('__reactProps'))
  const isAwake = () =>
    document.readyState !== 'loading' &&
    (!document.querySelector('script[src*="/_next/"]') ||
      [...document.querySelectorAll('form, button, select, textarea, input:not([type=hidden])')].every(isAlive))
  const look = () => {
    if (isAwake()) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== veil)
    else setTimeout(look, 20)
  }
  look()
}

/** Waits until a page may be used. */
export async function awakened(page: Page): Promise<void> {
  await page.waitForFunction(() => document.body && getComputedStyle(document.body).visibility === 'visible')
}

/** Lets a context show its pages only when they are awake, whichever way they are come to. */
export async function showAwakePages(context: BrowserContext): Promise<void> {
  await context.addInitScript(hideAnnouncer)
  await context.addInitScript(hideUntilAwake)
  const open = context.newPage.bind(context)
  context.newPage = async () => {
    const page = await open()
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)]
    // What is no longer there after these is really gone, and not only not seen yet.
    page.goto = async (...args) => {
      const answer = await goto(...args)
      await awakened(page)
      return answer
    }
    page.reload = async (...args) => {
      const answer = await reload(...args)
      await awakened(page)
      return answer
    }
    return page
  }
}

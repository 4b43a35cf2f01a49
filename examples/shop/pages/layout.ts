import { countOf, readBasket } from '../basket'
import { html, type Markup } from '../markup'
import type { Visit } from '../visit'
import { wordsIn } from '../words'

export interface PageContent {
  readonly title: string
  readonly content: Markup
  /** Reloads without scripts, in seconds: for pages that wait for news. */
  readonly reloadAfterS?: number
}

/** What stands around every page. */
export function layout(visit: Visit, { title, content, reloadAfterS }: PageContent): Markup {
  const words = wordsIn(visit.language)
  const name = visit.shopName?.[visit.language] ?? words.shop
  const count = countOf(readBasket(visit.cookies.get('basket')))
  const back = visit.method === 'GET' ? visit.path : '/'
  const current = (path: string) => visit.path === path && html`aria-current="page"`
  return html`<!doctype html>
    <html lang="${visit.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${reloadAfterS !== undefined && html`<noscript><meta http-equiv="refresh" content="${reloadAfterS}" /></noscript>`}
        <title>${title} · ${name}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/font/pretendard.css" />
        <link rel="stylesheet" href="/shop.css" />
        <script type="module" src="/shop.js"></script>
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        <header class="top">
          <a class="sign" href="/">
            <svg viewBox="0 0 32 32" aria-hidden="true">
              <path d="M9 4h14l-2 4c6 2 9 7 9 12 0 6-6 9-14 9S2 26 2 20c0-5 3-10 9-12z" />
            </svg>
            <span>${name}</span>
            <small>${words.tagline}</small>
          </a>
          <nav aria-label="${words.navigation}">
            <a href="/orders" ${current('/orders')}>${words.myOrders}</a>
            <a href="/basket" ${current('/basket')} aria-label="${words.basketCount(count)}"
              >${words.basket}${count > 0 && html` <b class="count">${count}</b>`}</a
            >
            <form method="post" action="/language">
              <input type="hidden" name="to" value="${words.otherLanguage}" />
              <input type="hidden" name="back" value="${back}" />
              <button class="plain" lang="${words.otherLanguage}">${words.otherLanguageName}</button>
            </form>
          </nav>
        </header>
        <main id="main" tabindex="-1">${content}</main>
        <footer>
          <p>${words.footer(name)}</p>
          ${visit.isLocal && html`<a href="/admin">${words.adminCorner}</a>`}
        </footer>
        <p class="unseen" role="status" id="news"></p>
      </body>
    </html>`
}

import { findProduct } from '../catalogue'
import { html, type Markup } from '../markup'
import { type Order, standingOf } from '../order'
import type { Visit } from '../visit'
import { momentIn, priceIn, wordsIn } from '../words'
import { layout } from './layout'

/** The visitor's orders, as the webhooks have told the shop. */
export function ordersPage(visit: Visit, orders: readonly Order[]): Markup {
  const { language } = visit
  const words = wordsIn(language)
  const list = () =>
    html`<ul class="orders">
      ${orders.map((order) => {
        const standing = standingOf(order)
        return html`<li>
          <a class="card order" href="/orders/${order.id}">
            <span class="what">
              <b>${nameOf(order, visit)}</b>
              <span class="soft"
                ><time datetime="${order.placedAt}">${momentIn(language, order.placedAt)}</time> ·
                <span class="number">${order.id}</span></span
              >
            </span>
            <span class="how">
              <b class="price">${priceIn(language, order.amount)}</b>
              <span class="tag ${standing}">${words.standing[standing]}</span>
            </span>
          </a>
        </li>`
      })}
    </ul>`
  const empty = html`<div class="card empty">
    <p>${words.ordersEmpty}</p>
    <a class="button" href="/">${words.toShelf}</a>
  </div>`
  const content = html`<div class="narrow">
    <h1>${words.ordersTitle}</h1>
    ${orders.length > 0 ? list() : empty}
  </div>`
  return layout(visit, { title: words.ordersTitle, content })
}

function nameOf({ lines, id }: Order, { language }: Visit): string {
  const first = findProduct(lines[0]?.productId ?? '')?.name[language] ?? id
  return lines.length > 1 ? wordsIn(language).andMore(first, lines.length - 1) : first
}

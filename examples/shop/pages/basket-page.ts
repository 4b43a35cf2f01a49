import { type BasketLine, MOST_OF_ONE, totalOf } from '../basket'
import { html, type Markup } from '../markup'
import { picture } from '../pictures'
import type { Visit } from '../visit'
import { priceIn, type Words, wordsIn } from '../words'
import { layout } from './layout'

export function basketPage(visit: Visit, lines: readonly BasketLine[]): Markup {
  const { language } = visit
  const words = wordsIn(language)
  const filled = () =>
    html`<ul class="lines card">
        ${lines.map((line) => basketLine(line, visit, words))}
      </ul>
      <div class="sum">
        <p><span>${words.total}</span> <strong>${priceIn(language, totalOf(lines))}</strong></p>
        <p class="soft">${words.shipping}</p>
        <a class="button" href="/order">${words.toOrder}</a>
      </div>`
  const empty = html`<div class="card empty">
    <p>${words.basketEmpty}</p>
    <a class="button" href="/">${words.toShelf}</a>
  </div>`
  const content = html`<div class="narrow">
    <h1>${words.basketTitle}</h1>
    ${lines.length > 0 ? filled() : empty}
  </div>`
  return layout(visit, { title: words.basketTitle, content })
}

function basketLine({ product, count }: BasketLine, { language }: Visit, words: Words): Markup {
  const name = product.name[language]
  const counts = Array.from({ length: MOST_OF_ONE }, (_, at) => at + 1)
  return html`<li class="line">
    <div class="tile small tile-${product.id}">${picture(product.id)}</div>
    <div class="what">
      <h2>${name}</h2>
      <p class="price">${priceIn(language, product.price * BigInt(count))}</p>
    </div>
    <form method="post" action="/basket/count" class="counting">
      <input type="hidden" name="product" value="${product.id}" />
      <select name="count" aria-label="${words.countOf(name)}" data-sends>
        ${counts.map((each) => html`<option value="${each}" ${each === count && html`selected`}>${each}</option>`)}
      </select>
      <button class="plain without-script">${words.change}</button>
      <button class="plain" name="count" value="0" aria-label="${words.removeNamed(name)}">${words.remove}</button>
    </form>
  </li>`
}

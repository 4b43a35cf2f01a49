import { CATALOGUE } from '../catalogue'
import { html, type Markup } from '../markup'
import { picture } from '../pictures'
import type { Visit } from '../visit'
import { priceIn, wordsIn } from '../words'
import { layout } from './layout'

export function shelfPage(visit: Visit): Markup {
  const { language } = visit
  const words = wordsIn(language)
  const content = html`<div class="lead">
      <h1>${words.shelfTitle}</h1>
      <p>${words.shelfLead}</p>
    </div>
    <ul class="shelf">
      ${CATALOGUE.map(
        ({ id, name, about, price }) =>
          html`<li class="thing" id="${id}">
            <div class="tile tile-${id}">${picture(id)}</div>
            <h2>${name[language]}</h2>
            <p class="soft">${about[language]}</p>
            <form method="post" action="/basket" class="buy">
              <span class="price">${priceIn(language, price)}</span>
              <input type="hidden" name="product" value="${id}" />
              <button class="second" aria-label="${words.addNamed(name[language])}">${words.add}</button>
            </form>
          </li>`,
      )}
    </ul>`
  return layout(visit, { title: words.shelfTitle, content })
}

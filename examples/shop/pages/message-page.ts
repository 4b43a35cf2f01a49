import { html, type Markup } from '../markup'
import type { Visit } from '../visit'
import { wordsIn } from '../words'
import { layout } from './layout'

/** What there is to say when there is no page. */
export function messagePage(visit: Visit, which: 'missing' | 'broken'): Markup {
  const words = wordsIn(visit.language)
  const title = which === 'missing' ? words.missingTitle : words.brokenTitle
  const content = html`<div class="narrow card empty">
    <h1>${title}</h1>
    <p>${which === 'missing' ? words.missingLead : words.brokenLead}</p>
    <a class="button" href="/">${words.toShelf}</a>
  </div>`
  return layout(visit, { title, content })
}

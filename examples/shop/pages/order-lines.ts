import { findProduct } from '../catalogue'
import { html, type Markup } from '../markup'
import type { Order } from '../order'
import { type Language, priceIn, wordsIn } from '../words'

/** What was ordered, with its sum. */
export function orderLines({ lines, amount }: Pick<Order, 'lines' | 'amount'>, language: Language): Markup {
  const words = wordsIn(language)
  return html`<dl class="bill">
    ${lines.map(({ productId, count }) => {
      const product = findProduct(productId)
      if (!product) return ''
      return html`<div>
        <dt>${product.name[language]} <span class="soft">× ${count}</span></dt>
        <dd>${priceIn(language, product.price * BigInt(count))}</dd>
      </div>`
    })}
    <div class="whole">
      <dt>${words.total}</dt>
      <dd>${priceIn(language, amount)}</dd>
    </div>
  </dl>`
}

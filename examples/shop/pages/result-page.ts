import { html, type Markup } from '../markup'
import { type Order, type OrderStanding, standingOf } from '../order'
import type { Visit } from '../visit'
import { momentIn, priceIn, wordsIn } from '../words'
import { layout } from './layout'
import { orderLines } from './order-lines'

/** States that change without the shopper doing anything. */
const MOVING: readonly OrderStanding[] = ['waiting', 'being-checked']

/**
 * What became of an order: paid, not paid, or being checked. While that may change, the page looks again by itself.
 * @param isStale Moa could not be asked just now
 */
export function resultPage(visit: Visit, order: Order, isStale: boolean): Markup {
  const { language } = visit
  const words = wordsIn(language)
  const standing = standingOf(order)
  const isMoving = isStale || MOVING.includes(standing)
  const refunded = order.payment?.refundedAmount ?? 0n
  const content = html`<div class="narrow" ${isMoving && html`data-refreshes="${standing}"`}>
    <div class="result ${standing}">
      ${mark(standing)}
      <h1>${words.headline[standing]}</h1>
      <p>
        ${standing === 'declined' && order.payment?.reason && html`<b>${words.reasonOf(order.payment.reason)}</b> `}
        ${words.explanation[standing]}
      </p>
      ${isStale && html`<p class="soft">${words.canNotAsk}</p>`} ${nextStep(order, standing, visit)}
    </div>
    <section class="card" aria-labelledby="bill-title">
      <h2 id="bill-title">${words.yourOrder}</h2>
      <p class="soft">
        <span class="number">${words.orderNumber} <b>${order.id}</b></span> ·
        <time datetime="${order.placedAt}">${momentIn(language, order.placedAt)}</time>
      </p>
      ${orderLines(order, language)}
      ${refunded > 0n && html`<p class="back"><span>${words.refundedSoFar}</span> <b>${priceIn(language, refunded)}</b></p>`}
    </section>
    <section class="card" aria-labelledby="history-title">
      <h2 id="history-title">${words.historyTitle}</h2>
      ${history(order, visit)}
    </section>
  </div>`
  return layout(visit, { title: words.headline[standing], content, ...(isMoving && { reloadAfterS: 4 }) })
}

function mark(standing: OrderStanding): Markup {
  const shapes: Partial<Record<OrderStanding, Markup>> = {
    paid: html`<path d="m14 25 7 7 14-15" />`,
    'set-aside': html`<path d="m14 25 7 7 14-15" />`,
    declined: html`<path d="m16 16 16 16M32 16 16 32" />`,
    refunded: html`<path d="M33 30a11 11 0 1 1-1-13M33 10v8h-8" />`,
    'part-refunded': html`<path d="M33 30a11 11 0 1 1-1-13M33 10v8h-8" />`,
  }
  return html`<svg class="mark" viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="22" />
    ${shapes[standing] ?? html`<path class="turning" d="M24 12v12l8 5" />`}
  </svg>`
}

function nextStep(order: Order, standing: OrderStanding, { language }: Visit): Markup | false {
  const words = wordsIn(language)
  const link = (text: string) => html`<a class="button" href="/orders/${order.id}/pay">${text}</a>`
  if (standing === 'not-paid') return link(words.payNow)
  if (standing === 'waiting') return link(words.goOnPaying)
  return standing === 'declined' && link(words.payOtherwise)
}

function history(order: Order, { language }: Visit): Markup {
  const words = wordsIn(language)
  const happened = [
    { at: order.placedAt, what: words.historyPlaced },
    ...(order.confirmedAt ? [{ at: order.confirmedAt, what: words.historyConfirmed }] : []),
    ...order.told.map(({ at, type }) => ({ at, what: words.toldOf(type) })),
    ...order.cancels.map(({ at }) => ({ at, what: words.historyCancelled })),
  ]
  const inOrder = happened.sort((one, other) => one.at.localeCompare(other.at))
  return html`<ol class="history">
    ${inOrder.map(({ at, what }) => html`<li><span>${what}</span> <time datetime="${at}">${momentIn(language, at)}</time></li>`)}
  </ol>`
}

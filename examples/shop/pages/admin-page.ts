import { randomUUID } from 'node:crypto'
import { html, type Markup } from '../markup'
import { type Order, standingOf } from '../order'
import type { Visit } from '../visit'
import { momentIn, priceIn, wordsIn } from '../words'
import { layout } from './layout'

export interface AdminNews {
  readonly orderId: string
  readonly text: string
  readonly isGood: boolean
}

/** Every order, with what can be given back of it. */
export function adminPage(visit: Visit, orders: readonly Order[], news?: AdminNews): Markup {
  const words = wordsIn(visit.language)
  const content = html`<h1>${words.adminTitle}</h1>
    <p class="soft">${words.adminLead}</p>
    ${orders.length === 0 && html`<p class="card empty">${words.adminEmpty}</p>`}
    ${orders.map((order) => adminOrder(order, visit, news?.orderId === order.id ? news : undefined))}`
  return layout(visit, { title: words.adminTitle, content })
}

function adminOrder(order: Order, { language }: Visit, news: AdminNews | undefined): Markup {
  const words = wordsIn(language)
  const standing = standingOf(order)
  const { capturedAmount = 0n, refundedAmount = 0n } = order.payment ?? {}
  const left = capturedAmount - refundedAmount
  return html`<section class="card admin" id="${order.id}" aria-labelledby="${order.id}-title">
    <h2 id="${order.id}-title">
      <span class="number">${order.id}</span> <span class="tag ${standing}">${words.standing[standing]}</span>
    </h2>
    ${news && html`<p class="notice ${news.isGood ? 'good' : 'bad'}" role="alert" tabindex="-1" data-focus>${news.text}</p>`}
    <dl class="facts">
      <div>
        <dt>${words.name}</dt>
        <dd>${order.name}</dd>
      </div>
      <div>
        <dt>${words.placedAt}</dt>
        <dd>${momentIn(language, order.placedAt)}</dd>
      </div>
      <div>
        <dt>${words.total}</dt>
        <dd>${priceIn(language, order.amount)}</dd>
      </div>
      <div>
        <dt>${words.refundedSoFar}</dt>
        <dd>${priceIn(language, refundedAmount)}</dd>
      </div>
      <div>
        <dt>${words.left}</dt>
        <dd>${priceIn(language, left)}</dd>
      </div>
    </dl>
    ${order.payment && left > 0n && html`<div class="deeds">${deed('refund', order, language)} ${deed('cancel', order, language)}</div>`}
    ${order.cancels.map(
      ({ sent, received, at }) =>
        html`<details>
          <summary>${words.evidence} · ${momentIn(language, at)}</summary>
          <h3>${words.evidenceSent}</h3>
          <pre tabindex="0">${sent}</pre>
          <h3>${words.evidenceReceived}</h3>
          <pre tabindex="0">${received}</pre>
        </details>`,
    )}
  </section>`
}

function deed(kind: 'refund' | 'cancel', order: Order, language: Visit['language']): Markup {
  const words = wordsIn(language)
  const at = `${kind}-${order.id}`
  return html`<form method="post" action="/admin/orders/${order.id}/${kind}" data-working="…">
    <h3>${kind === 'refund' ? words.refundTitle : words.cancelTitle}</h3>
    <input type="hidden" name="key" value="${randomUUID()}" />
    <div class="field">
      <label for="${at}-amount">${words.amount}</label>
      <input id="${at}-amount" name="amount" inputmode="numeric" maxlength="12" aria-describedby="${at}-hint" />
      <p class="soft hint" id="${at}-hint">${words.amountHint}</p>
    </div>
    <div class="field">
      <label for="${at}-reason">${words.reason}</label>
      <input id="${at}-reason" name="reason" maxlength="200" required />
    </div>
    <button class="${kind === 'refund' ? 'button' : 'second'}">
      ${kind === 'refund' ? words.refund : words.cancel}
    </button>
  </form>`
}

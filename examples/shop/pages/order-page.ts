import { html, type Markup } from '../markup'
import type { Order } from '../order'
import type { CardField } from '../pay'
import type { Visit } from '../visit'
import { priceIn, type Words, wordsIn } from '../words'
import { layout } from './layout'
import { orderLines } from './order-lines'

export type Mistake = 'name' | 'email' | 'way' | CardField

export interface OrderForm {
  /** Where the form goes. */
  readonly action: string
  /** The number the order will have, or has: sending the form twice orders once. */
  readonly orderId: string
  readonly order: Pick<Order, 'lines' | 'amount'>
  readonly name: string
  readonly email: string
  /** An order that exists keeps its shopper. */
  readonly isPlaced: boolean
  readonly way: string
  readonly mistakes: readonly Mistake[]
  readonly notNow: boolean
}

/** Who orders and how it is paid. Card numbers that were typed are never written back into the page. */
export function orderPage(visit: Visit, form: OrderForm): Markup {
  const words = wordsIn(visit.language)
  const title = form.isPlaced ? words.payAgainTitle : words.orderTitle
  const price = priceIn(visit.language, form.order.amount)
  const content = html`<h1>${title}</h1>
    <form method="post" action="${form.action}" class="ordering" novalidate data-working="${words.working}">
      <input type="hidden" name="order" value="${form.orderId}" />
      <div class="asking">
        ${notices(form, words)} ${!form.isPlaced && who(form, words)} ${ways(form, words)} ${cardFields(form, words)}
      </div>
      <aside class="card" aria-labelledby="bill-title">
        <h2 id="bill-title">${words.yourOrder}</h2>
        ${orderLines(form.order, visit.language)}
        <button class="button wide with-moa">${words.payWithMoa} · ${price}</button>
        <button class="button wide with-card">${words.payWithCard} · ${price}</button>
      </aside>
    </form>`
  return layout(visit, { title, content })
}

function notices({ mistakes, notNow, way }: OrderForm, words: Words): Markup | false {
  if (notNow) return html`<p class="notice bad" role="alert">${words.notNow}</p>`
  if (mistakes.length === 0) return false
  return html`<div class="notice bad" role="alert" tabindex="-1" data-focus>
    <p>${words.mistakes}</p>
    <ul>
      ${mistakes.map((mistake) => html`<li><a href="#${mistake}">${mistakeText(mistake, words)}</a></li>`)}
    </ul>
    ${way === 'card' && html`<p>${words.typeCardAgain}</p>`}
  </div>`
}

function mistakeText(mistake: Mistake, words: Words): string {
  const texts: Record<Mistake, string> = {
    name: words.mistakeName,
    email: words.mistakeEmail,
    way: words.mistakeWay,
    number: words.mistakeNumber,
    expiry: words.mistakeExpiry,
    securityCode: words.mistakeCode,
  }
  return texts[mistake]
}

function who(form: OrderForm, words: Words): Markup {
  return html`<fieldset class="card">
    <legend>${words.whoTitle}</legend>
    ${input(form, words, { name: 'name', label: words.name, value: form.name, more: html`autocomplete="name" maxlength="60"` })}
    ${input(form, words, {
      name: 'email',
      label: words.email,
      hint: words.emailHint,
      value: form.email,
      more: html`type="email" autocomplete="email" maxlength="254"`,
    })}
  </fieldset>`
}

function ways({ way, mistakes }: OrderForm, words: Words): Markup {
  const choice = (value: string, label: string, hint: string) =>
    html`<label class="way">
      <input type="radio" name="way" value="${value}" ${way === value && html`checked`} />
      <span class="way-text"><b>${label}</b><span class="soft">${hint}</span></span>
    </label>`
  return html`<fieldset class="card" id="way" ${mistakes.includes('way') && html`aria-describedby="way-mistake"`}>
    <legend>${words.wayTitle}</legend>
    ${mistakes.includes('way') && html`<p class="mistake" id="way-mistake">${words.mistakeWay}</p>`}
    ${choice('moa', words.wayMoa, words.wayMoaHint)} ${choice('card', words.wayCard, words.wayCardHint)}
  </fieldset>`
}

function cardFields(form: OrderForm, words: Words): Markup {
  const digits = html`inputmode="numeric" spellcheck="false"`
  return html`<fieldset class="card card-fields">
    <legend>${words.cardTitle}</legend>
    ${input(form, words, {
      name: 'number',
      label: words.cardNumber,
      hint: words.cardNumberHint,
      more: html`${digits} autocomplete="cc-number" maxlength="23" placeholder="0000 0000 0000 0000"`,
    })}
    <div class="pair">
      ${input(form, words, {
        name: 'expiry',
        label: words.cardExpiry,
        more: html`${digits} autocomplete="cc-exp" maxlength="7" placeholder="MM/YY"`,
      })}
      ${input(form, words, {
        name: 'securityCode',
        label: words.cardCode,
        hint: words.cardCodeHint,
        more: html`${digits} autocomplete="cc-csc" maxlength="4"`,
      })}
    </div>
  </fieldset>`
}

interface Field {
  readonly name: Mistake
  readonly label: string
  readonly hint?: string
  readonly value?: string
  readonly more: Markup
}

function input({ mistakes }: OrderForm, words: Words, { name, label, hint, value, more }: Field): Markup {
  const isWrong = mistakes.includes(name)
  const described = [hint && `${name}-hint`, isWrong && `${name}-mistake`].filter(Boolean).join(' ')
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      value="${value ?? ''}"
      ${described !== '' && html`aria-describedby="${described}"`}
      ${isWrong && html`aria-invalid="true"`}
      data-mistake="${mistakeText(name, words)}"
      ${more}
    />
    <p class="mistake" id="${name}-mistake" ${!isWrong && html`hidden`}>${mistakeText(name, words)}</p>
    ${hint !== undefined && html`<p class="soft hint" id="${name}-hint">${hint}</p>`}
  </div>`
}

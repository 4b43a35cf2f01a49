/** An issuer on the page: its links, cards, book and switches. */
import type { Html } from '../control/html'
import { html } from '../control/html'
import { choice, complaintList, deedText, messageSwitchForm, switchChips } from '../control/switch-panel'
import type { Words } from '../control/words'
import type { BookView } from './book-view'
import { bookView, maskCard } from './book-view'
import type { CardAccount } from './card-account'
import { available } from './card-account'
import { SWITCH_TARGETS, deed } from './deeds'
import type { RunningIssuer } from './issuer-routes'
import { stateOf } from './issuer-routes'

const MOVEMENTS_ON_PAGE = 12

/** How many cards stand at the top when none is in use. */
const CARDS_AT_THE_TOP = 2

/** A card's standing in one word, counting what is not a standing of its own. */
function standingOf(card: CardAccount): string {
  if (card.standing !== 'normal') return card.standing
  if (card.expiry < new Date().toISOString().slice(2, 7).replace('-', '')) return 'expired'
  return card.wrongCodes >= 3 ? 'locked' : 'normal'
}

/** Whole percent of the limit, for the width of a bar. */
function share(part: bigint, limit: bigint): number {
  if (limit <= 0n || part <= 0n) return 0
  return Math.min(100, Number((part * 100n + limit - 1n) / limit))
}

function cardRow(card: CardAccount, { say, money, name, standing }: Words): Html {
  const state = standingOf(card)
  const owed = share(card.owed, card.limit)
  const held = Math.min(share(card.held, card.limit), 100 - owed)
  const amounts = [
    `${say('owed')} ${money(String(card.owed), card.currency)}`,
    `${say('held')} ${money(String(card.held), card.currency)}`,
    `${say('free')} ${money(String(available(card)), card.currency)}`,
  ].join(' · ')
  return html`<li class="card">
    <div class="row">
      <span class="number">${maskCard(card.number)}</span>
      <span class="muted">${name(card.holder)}</span>
      ${state !== 'normal' && html`<span class="tag warn">${standing(state)}</span>`}
    </div>
    <svg
      class="bar"
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      role="img"
      aria-label="${amounts}, ${say('limit')} ${money(String(card.limit), card.currency)}"
    >
      <rect class="bar-free" width="100" height="6" />
      <rect class="bar-owed" width="${owed}" height="6" />
      <rect class="bar-held" x="${owed}" width="${held}" height="6" />
    </svg>
    <div class="row small muted">
      <span>${amounts}</span><span>${say('limit')} ${money(String(card.limit), card.currency)}</span>
    </div>
  </li>`
}

function sheetRow(card: CardAccount, { say, standing }: Words): Html {
  const grouped = card.number.replace(/(.{4})(?=.)/g, '$1 ')
  return html`<li class="row">
    <span class="number">${grouped}</span>
    <span>${say('expiry')} ${card.expiry.slice(2)}/${card.expiry.slice(0, 2)}</span>
    <span>${say('securityCode')} ${card.securityCode}</span>
    <span class="tag ${standingOf(card) === 'normal' ? '' : 'warn'}">${standing(standingOf(card))}</span>
    <button type="button" class="quiet" data-copy="${card.number}">${say('copy')}</button>
  </li>`
}

interface Movement {
  readonly at: string
  readonly what: string
  readonly tone: 'held' | 'done' | 'back' | 'quiet'
  readonly card: string
  readonly amount: string
  readonly currency: string
  readonly merchant: string
  readonly rrn: string
  readonly vcard?: string | undefined
  readonly leg?: number | undefined
  readonly of?: number | undefined
}

function movementsOf(book: BookView, { say }: Words): Movement[] {
  const all: Movement[] = [
    ...book.holds.map((each) => ({
      ...each,
      what: say(`hold_${each.state}`),
      tone: each.state === 'held' ? ('held' as const) : ('quiet' as const),
      merchant: each.merchantName,
    })),
    ...book.charges.map((each) => ({
      ...each,
      what: say('charge'),
      tone: 'done' as const,
      merchant: each.merchantName,
    })),
    ...book.refunds.map((each) => ({ ...each, what: say('refund'), tone: 'back' as const, merchant: '' })),
    ...book.reversals.map((each) => ({
      ...each,
      what: say(each.found ? 'reversal' : 'reversalUnseen'),
      tone: 'back' as const,
      merchant: '',
    })),
  ]
  return all.sort((one, other) => (one.at < other.at ? 1 : -1)).slice(0, MOVEMENTS_ON_PAGE)
}

const legOf = ({ vcard, leg, of }: Movement): string => (vcard === undefined ? '' : `${vcard} · ${leg}/${of}`)

function movementsTable(book: BookView, words: Words): Html {
  const { say, money, time } = words
  const movements = movementsOf(book, words)
  if (movements.length === 0) return html`<p class="empty">${say('noMovements')}</p>`
  return html`<table>
    <caption class="small muted">
      ${say('newest')}
    </caption>
    <thead>
      <tr>
        <th scope="col">${say('time')}</th>
        <th scope="col">${say('what')}</th>
        <th scope="col">${say('card')}</th>
        <th scope="col" class="amount">${say('amount')}</th>
        <th scope="col">${say('merchant')}</th>
        <th scope="col">${say('vcard')}</th>
        <th scope="col">${say('reference')}</th>
      </tr>
    </thead>
    <tbody>
      ${movements.map(
        (each) =>
          html`<tr>
            <td data-label="${say('time')}">${time(each.at)}</td>
            <td data-label="${say('what')}"><span class="tag ${each.tone}">${each.what}</span></td>
            <td data-label="${say('card')}" class="number">··${each.card.slice(-4)}</td>
            <td data-label="${say('amount')}" class="amount">${money(each.amount, each.currency)}</td>
            <td data-label="${say('merchant')}">${each.merchant}</td>
            <td data-label="${say('vcard')}" class="long">${legOf(each)}</td>
            <td data-label="${say('reference')}" class="number small">${each.rrn}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function switchPanel({ issuer }: RunningIssuer, words: Words): { readonly chips: Html; readonly form: Html } {
  const { say, target, codes, standing } = words
  const { code } = issuer.profile
  const path = `/api/issuers/${code}/switches`
  return {
    chips: switchChips(path, issuer.switches.all(), words, (each) => [
      target(each.on),
      deedText(each.do, words),
      each.card === undefined ? say('anyCard') : maskCard(each.card),
    ]),
    form: messageSwitchForm(
      {
        path,
        targets: SWITCH_TARGETS,
        kinds: deed.options.map(({ shape }) => shape.kind.value).filter((kind) => kind !== 'alter'),
        refusal: { kind: 'decline', codes },
        late: 'late delay',
        only: choice(say('onCard'), 'card', [
          ['', say('anyCard')],
          ...[...issuer.book.cards.values()].map(
            (card) => [card.number, `${maskCard(card.number)} (${standing(standingOf(card))})`] as const,
          ),
        ]),
        more: html`<button type="button" class="second" data-post="/api/issuers/${code}/disconnect">
            ${say('cutLinks')}
          </button>
          <button type="button" class="second" data-post="/api/issuers/${code}/lapse">${say('lapseHolds')}</button>`,
      },
      words,
    ),
  }
}

export function issuerSection(running: RunningIssuer, words: Words): Html {
  const { say, money, name, time } = words
  const { issuer } = running
  const { code, bins, currency, name: names } = issuer.profile
  const state = stateOf(running)
  const book = bookView(issuer, { limit: MOVEMENTS_ON_PAGE })
  const cards = [...issuer.book.cards.values()]
  const used = cards.filter((card, at) => at < CARDS_AT_THE_TOP || card.held > 0n || card.owed > 0n)
  const tile = (label: string, amount: string, count?: number) =>
    html`<div class="tile">
      <dt>${label}${count !== undefined && html` <span class="muted">${count}</span>`}</dt>
      <dd>${money(amount, currency)}</dd>
    </div>`
  const { links } = state
  const switches = switchPanel(running, words)
  return html`<section id="${code}" aria-labelledby="${code}-name">
    <div data-live="${code}-head" class="head">
      <h2 id="${code}-name">${name(names)}</h2>
      <span class="muted">BIN ${bins.join(', ')} · ${say('port')} ${state.port}</span>
      <span class="tag ${links.signedOn > 0 ? 'done' : ''}"
        >${
          links.open === 0 ? say('noLinks') : `${say('links')} ${links.open} · ${say('signedOn')} ${links.signedOn}`
        }</span
      >
    </div>
    <dl data-live="${code}-totals" class="tiles">
      ${tile(say('heldNow'), book.totals.held)}
      ${tile(say('charges'), book.totals.completions.amount, book.totals.completions.count)}
      ${tile(say('refunds'), book.totals.refunds.amount, book.totals.refunds.count)}
      ${tile(say('reversals'), book.totals.reversals.amount, book.totals.reversals.count)}
    </dl>
    <h3>${say('cards')}</h3>
    <ul data-live="${code}-cards" class="cards">
      ${used.map((card) => cardRow(card, words))}
    </ul>
    <details id="${code}-sheet">
      <summary>${say('allCards')}</summary>
      <ul data-live="${code}-sheet-rows" class="sheet">
        ${cards.map((card) => sheetRow(card, words))}
      </ul>
    </details>
    <h3>${say('movements')}</h3>
    <div data-live="${code}-movements">${movementsTable(book, words)}</div>
    <h3>${say('switches')}</h3>
    <div data-live="${code}-switches">${switches.chips}</div>
    <details id="${code}-misbehave">
      <summary>${say('misbehave')}</summary>
      ${switches.form}
    </details>
    ${complaintList(
      code,
      issuer.complaints.map((each) => `${time(new Date(each.at).toISOString())} · ${each.mti} · ${each.fault}`),
      words,
    )}
  </section>`
}

/** A bank on the page: its accounts, its book and its switches. */
import type { Html } from '../control/html'
import { html } from '../control/html'
import type { Words } from '../control/words'
import type { Bank } from './bank'
import { bankBookOf } from './bank-routes'
import { BANK_REASONS, BANK_TARGETS, deed } from './deeds'
import { type Account, isLocked } from './ledger'

const ON_PAGE = 12

function accountRow(account: Account, code: string, { say, money, standing }: Words): Html {
  return html`<li class="card">
    <div class="row">
      <span class="number">${account.number}</span>
      ${account.standing !== 'active' && html`<span class="tag warn">${standing(account.standing)}</span>`}
      ${isLocked(account) && html`<span class="tag warn">${say('accountLocked')}</span>`}
      <button type="button" class="quiet" data-copy="${account.number}">${say('copy')}</button>
    </div>
    <div class="row small muted">
      ${account.holder} · ${say('password')} ${account.password} · ${money(String(account.balance), account.currency)}
    </div>
    <form data-post="/api/banks/${code}/accounts" class="row small">
      <input type="hidden" name="number" value="${account.number}" />
      <select name="standing" aria-label="${say('standing')}: ${account.number}">
        ${(['active', 'suspended'] as const).map(
          (each) =>
            html`<option value="${each}" ${each === account.standing ? html`selected` : ''}>${standing(each)}</option>`,
        )}
      </select>
      <button type="submit" class="quiet">${say('change')}</button>
    </form>
  </li>`
}

function transferTable(bank: Bank, { say, money, time }: Words): Html {
  const { transfers } = bankBookOf(bank)
  if (transfers.length === 0) return html`<p class="empty">${say('noTransfers')}</p>`
  return html`<table>
    <caption class="small muted">
      ${say('newest')}
    </caption>
    <thead>
      <tr>
        <th scope="col">${say('time')}</th>
        <th scope="col">${say('account')}</th>
        <th scope="col">${say('merchant')}</th>
        <th scope="col" class="amount">${say('amount')}</th>
        <th scope="col" class="amount">${say('refunds')}</th>
        <th scope="col">${say('answer')}</th>
      </tr>
    </thead>
    <tbody>
      ${transfers.slice(0, ON_PAGE).map((each) => {
        const back = each.reversals
          .filter(({ state }) => state === 'booked')
          .reduce((sum, { amount }) => sum + BigInt(amount), 0n)
        return html`<tr>
          <td data-label="${say('time')}">${each.bookedAt === undefined ? '' : time(each.bookedAt)}</td>
          <td data-label="${say('account')}" class="number">··${each.account.slice(-4)}</td>
          <td data-label="${say('merchant')}">${each.reference}</td>
          <td data-label="${say('amount')}" class="amount">${money(each.amount, each.currency)}</td>
          <td data-label="${say('refunds')}" class="amount">${back > 0n ? money(String(back), each.currency) : ''}</td>
          <td data-label="${say('answer')}">
            <span class="tag ${each.state === 'booked' ? 'done' : 'warn'}">${each.reason ?? each.state}</span>
          </td>
        </tr>`
      })}
    </tbody>
  </table>`
}

function switchChips({ profile, switches }: Bank, { say, target, deed: nameOf }: Words): Html {
  const set = switches.all()
  if (set.length === 0) return html`<p class="small muted">${say('noSwitches')}</p>`
  return html`<ul class="chips">
    ${set.map((each) => {
      const how = `${nameOf(each.do.kind)}${'code' in each.do ? ` ${each.do.code}` : ''}`
      const details = [target(each.on), how, each.times === undefined ? say('untilCleared') : `× ${each.times}`]
      return html`<li class="tag">
        ${details.join(' · ')}
        <button
          type="button"
          class="quiet"
          data-delete="/api/banks/${profile.code}/switches/${each.id}"
          aria-label="${say('clear')}: ${details.join(' ')}"
        >
          ✕
        </button>
      </li>`
    })}
  </ul>`
}

function switchForm({ profile }: Bank, { say, target, deed: nameOf }: Words): Html {
  const option = (value: string | number, text: string | number) => html`<option value="${value}">${text}</option>`
  return html`<form data-post="/api/banks/${profile.code}/switches" class="fields">
    <label
      >${say('onMessages')}
      <select name="on">
        ${BANK_TARGETS.map((each) => option(each, target(each)))}
      </select></label
    >
    <label
      >${say('deed')}
      <select name="kind">
        ${deed.options.map((each) => option(each.shape.kind.value, nameOf(each.shape.kind.value)))}
      </select></label
    >
    <label data-only="refuse"
      >${say('code')}
      <select name="code">
        ${BANK_REASONS.map((each) => option(each, each))}
      </select></label
    >
    <label data-only="late" hidden
      >${say('milliseconds')} <input name="ms" type="number" inputmode="numeric" min="0" max="600000" value="6000"
    /></label>
    <label
      >${say('times_')}
      <select name="times">
        ${[1, 2, 3, 10].map((each) => option(each, each))}${option('', say('untilCleared'))}
      </select></label
    >
    <button type="submit">${say('setSwitch')}</button>
  </form>`
}

export function bankSection(bank: Bank, port: number, words: Words): Html {
  const { say, name, money, time } = words
  const { profile, ledger, complaints } = bank
  const id = `bank-${profile.code}`
  return html`<section id="${id}" aria-labelledby="${id}-name">
    <div class="head">
      <h2 id="${id}-name">${name(profile.name)}</h2>
      <span class="muted">${say('port')} ${port}</span>
    </div>
    <p data-live="${id}-collected" class="small muted">
      ${say('gatewayAccount')} ${profile.gatewayAccount}
      ${[...ledger.collected].map(([currency, amount]) => html` · ${money(String(amount), currency)}`)}
    </p>
    <details id="${id}-accounts">
      <summary>${say('accounts')}</summary>
      <ul data-live="${id}-account-rows" class="cards">
        ${ledger.all().map((account) => accountRow(account, profile.code, words))}
      </ul>
    </details>
    <h3>${say('transfers')}</h3>
    <div data-live="${id}-transfers">${transferTable(bank, words)}</div>
    <h3>${say('switches')}</h3>
    <div data-live="${id}-switches">${switchChips(bank, words)}</div>
    <details id="${id}-misbehave">
      <summary>${say('misbehaveBank')}</summary>
      ${switchForm(bank, words)}
    </details>
    <div data-live="${id}-complaints">
      ${
        complaints.length > 0 &&
        html`<details id="${id}-complaints-list">
          <summary>${say('complaints')} (${complaints.length})</summary>
          <ul class="small">
            ${complaints.map((each) => html`<li>${time(each.at)} · ${each.fault}</li>`)}
          </ul>
        </details>`
      }
    </div>
  </section>`
}

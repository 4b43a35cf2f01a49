/** A bank on the page: its accounts, its book and its switches. */
import type { Html } from '../control/html'
import { html } from '../control/html'
import { complaintList, deedText, messageSwitchForm, switchChips } from '../control/switch-panel'
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

function switchPanel({ profile, switches }: Bank, words: Words): { readonly chips: Html; readonly form: Html } {
  const path = `/api/banks/${profile.code}/switches`
  return {
    chips: switchChips(path, switches.all(), words, (each) => [words.target(each.on), deedText(each.do, words)]),
    form: messageSwitchForm(
      {
        path,
        targets: BANK_TARGETS,
        kinds: deed.options.map(({ shape }) => shape.kind.value),
        refusal: { kind: 'refuse', codes: BANK_REASONS },
        late: 'late',
      },
      words,
    ),
  }
}

export function bankSection(bank: Bank, port: number, words: Words): Html {
  const { say, name, money, time } = words
  const { profile, ledger, complaints } = bank
  const id = `bank-${profile.code}`
  const switches = switchPanel(bank, words)
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
    <div data-live="${id}-switches">${switches.chips}</div>
    <details id="${id}-misbehave">
      <summary>${say('misbehaveBank')}</summary>
      ${switches.form}
    </details>
    ${complaintList(
      id,
      complaints.map((each) => `${time(each.at)} · ${each.fault}`),
      words,
    )}
  </section>`
}

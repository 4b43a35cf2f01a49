/** A customer management system on the page: its links, subscribers, book and switches. */
import type { Html } from '../control/html'
import { html } from '../control/html'
import { choice, complaintList, deedText, messageSwitchForm, switchChips } from '../control/switch-panel'
import type { Words } from '../control/words'
import { deed, TELCO_TARGETS } from './deeds'
import { CURRENCY, REFUSALS } from './requests'
import type { Subscriber } from './subscribers'
import { isLocked } from './subscribers'
import type { RunningTelco } from './telco-routes'

const REQUESTS_ON_PAGE = 12

const STANDINGS = ['active', 'arrears', 'suspended', 'terminated', 'not-billable'] as const

function lineRow(line: Subscriber, code: string, { say, money, standing }: Words): Html {
  const details = [
    line.lineKind,
    `${line.name} ${line.birthDate}`,
    line.pin !== undefined && `PIN ${line.pin}`,
    line.notify !== undefined && `${say('notify')} ${line.notify}`,
    line.monthlyCap !== undefined && `${say('monthlyCap')} ${money(String(line.monthlyCap), CURRENCY)}`,
    line.used > 0n && `${say('owed')} ${money(String(line.used), CURRENCY)}`,
    line.standing === 'arrears' && `${say('overdue')} ${money(String(line.overdue), CURRENCY)}`,
  ].filter((detail) => typeof detail === 'string')
  return html`<li class="card">
    <div class="row">
      <span class="number">${line.number}</span>
      ${line.standing !== 'active' && html`<span class="tag warn">${standing(line.standing)}</span>`}
      ${isLocked(line) && html`<span class="tag warn">${say('pinLocked')}</span>`}
      <button type="button" class="quiet" data-copy="${line.number}">${say('copy')}</button>
    </div>
    <div class="row small muted">${details.join(' · ')}</div>
    <form data-post="/api/telcos/${code}/lines" class="row small">
      <input type="hidden" name="number" value="${line.number}" />
      <select name="standing" aria-label="${say('standing')}: ${line.number}">
        ${STANDINGS.map(
          (each) =>
            html`<option value="${each}" ${each === line.standing ? html`selected` : ''}>${standing(each)}</option>`,
        )}
      </select>
      <button type="submit" class="quiet">${say('change')}</button>
    </form>
  </li>`
}

function requestsTable({ telco }: RunningTelco, words: Words): Html {
  const { say, money, time, target } = words
  const newest = telco.book.slice(-REQUESTS_ON_PAGE).reverse()
  if (newest.length === 0) return html`<p class="empty">${say('noRequests')}</p>`
  return html`<table>
    <caption class="small muted">
      ${say('newest')}
    </caption>
    <thead>
      <tr>
        <th scope="col">${say('time')}</th>
        <th scope="col">${say('what')}</th>
        <th scope="col">${say('line')}</th>
        <th scope="col" class="amount">${say('amount')}</th>
        <th scope="col">${say('merchant')}</th>
        <th scope="col">${say('answer')}</th>
      </tr>
    </thead>
    <tbody>
      ${newest.map(
        (each) =>
          html`<tr>
            <td data-label="${say('time')}">${time(each.at)}</td>
            <td data-label="${say('what')}">${target(each.op)}</td>
            <td data-label="${say('line')}" class="number">··${each.number.slice(-4)}</td>
            <td data-label="${say('amount')}" class="amount">
              ${each.amount === undefined ? '' : money(each.amount, CURRENCY)}
            </td>
            <td data-label="${say('merchant')}">${each.merchant}</td>
            <td data-label="${say('answer')}">
              <span class="tag ${each.reply.result === 'OK' ? 'done' : 'warn'}">${words.code(each.reply.result)}</span>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function switchPanel({ telco }: RunningTelco, words: Words): { readonly chips: Html; readonly form: Html } {
  const { say, target } = words
  const { code } = telco.profile
  const path = `/api/telcos/${code}/switches`
  return {
    chips: switchChips(path, telco.switches.all(), words, (each) => [
      target(each.on),
      deedText(each.do, words),
      each.line ?? say('anyLine'),
    ]),
    form: messageSwitchForm(
      {
        path,
        targets: TELCO_TARGETS,
        kinds: deed.options.map(({ shape }) => shape.kind.value),
        refusal: { kind: 'decline', codes: REFUSALS },
        late: 'late',
        only: choice(say('line'), 'line', [
          ['', say('anyLine')],
          ...telco.subscribers.all().map(({ number }) => [number, number] as const),
        ]),
        more: html`<button type="button" class="second" data-post="/api/telcos/${code}/disconnect">
          ${say('cutLinks')}
        </button>`,
      },
      words,
    ),
  }
}

export function telcoSection(running: RunningTelco, words: Words): Html {
  const { say, name, time } = words
  const { telco, host } = running
  const { code, kind, prefixes } = telco.profile
  const links = host.links()
  const switches = switchPanel(running, words)
  return html`<section id="${code}" aria-labelledby="${code}-name">
    <div data-live="${code}-head" class="head">
      <h2 id="${code}-name">${name(telco.profile.name)}</h2>
      <span class="muted">${kind} ${prefixes.join(', ')} · ${say('port')} ${host.port}</span>
      <span class="tag ${links > 0 ? 'done' : ''}">${links === 0 ? say('noLinks') : `${say('links')} ${links}`}</span>
    </div>
    <details id="${code}-lines">
      <summary>${say(kind === 'IN' ? 'callingCards' : 'lines')}</summary>
      <ul data-live="${code}-line-rows" class="cards">
        ${telco.subscribers.all().map((line) => lineRow(line, code, words))}
      </ul>
    </details>
    <h3>${say('requests')}</h3>
    <div data-live="${code}-requests">${requestsTable(running, words)}</div>
    <h3>${say('switches')}</h3>
    <div data-live="${code}-switches">${switches.chips}</div>
    <details id="${code}-misbehave">
      <summary>${say('misbehaveSystem')}</summary>
      ${switches.form}
    </details>
    ${complaintList(
      code,
      telco.complaints.map((each) => `${time(each.at)} · ${each.fault}`),
      words,
    )}
  </section>`
}

/** A customer management system on the page: its links, subscribers, book and switches. */
import type { Html } from '../control/html'
import { html } from '../control/html'
import type { Words } from '../control/words'
import { deed, TELCO_TARGETS } from './deeds'
import { REFUSALS } from './requests'
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
    line.monthlyCap !== undefined && `${say('monthlyCap')} ${money(String(line.monthlyCap), 'KRW')}`,
    line.used > 0n && `${say('owed')} ${money(String(line.used), 'KRW')}`,
    line.standing === 'arrears' && `${say('overdue')} ${money(String(line.overdue), 'KRW')}`,
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

function requestsTable({ telco }: RunningTelco, { say, money, time, target }: Words): Html {
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
              ${each.amount === undefined ? '' : money(each.amount, 'KRW')}
            </td>
            <td data-label="${say('merchant')}">${each.merchant}</td>
            <td data-label="${say('answer')}">
              <span class="tag ${each.reply.result === 'OK' ? 'done' : 'warn'}">${each.reply.result}</span>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function switchChips({ telco }: RunningTelco, { say, target, deed: nameOf }: Words): Html {
  const set = telco.switches.all()
  if (set.length === 0) return html`<p class="small muted">${say('noSwitches')}</p>`
  return html`<ul class="chips">
    ${set.map((each) => {
      const details = [
        target(each.on),
        `${nameOf(each.do.kind)}${'code' in each.do ? ` ${each.do.code}` : ''}${'ms' in each.do ? ` ${each.do.ms} ms` : ''}`,
        each.line ?? say('anyLine'),
        each.times === undefined ? say('untilCleared') : `× ${each.times}`,
      ].join(' · ')
      return html`<li class="tag warn">
        ${details}
        <button
          type="button"
          class="quiet"
          data-delete="/api/telcos/${telco.profile.code}/switches/${each.id}"
          aria-label="${say('clear')}: ${details}"
        >
          ✕
        </button>
      </li>`
    })}
  </ul>`
}

function switchForm({ telco }: RunningTelco, { say, target, deed: nameOf }: Words): Html {
  const { code } = telco.profile
  const option = (value: string | number, text: string | number) => html`<option value="${value}">${text}</option>`
  return html`<form data-post="/api/telcos/${code}/switches" class="fields">
    <label
      >${say('onMessages')}
      <select name="on">
        ${TELCO_TARGETS.map((each) => option(each, target(each)))}
      </select></label
    >
    <label
      >${say('deed')}
      <select name="kind">
        ${deed.options.map((each) => option(each.shape.kind.value, nameOf(each.shape.kind.value)))}
      </select></label
    >
    <label data-only="decline"
      >${say('code')}
      <select name="code">
        ${REFUSALS.map((each) => option(each, each))}
      </select></label
    >
    <label data-only="late" hidden
      >${say('milliseconds')} <input name="ms" type="number" inputmode="numeric" min="0" max="600000" value="6000"
    /></label>
    <label
      >${say('line')}
      <select name="line">
        ${option('', say('anyLine'))} ${telco.subscribers.all().map(({ number }) => option(number, number))}
      </select></label
    >
    <label
      >${say('times_')}
      <select name="times">
        ${[1, 2, 3, 10].map((each) => option(each, each))}${option('', say('untilCleared'))}
      </select></label
    >
    <button type="submit">${say('setSwitch')}</button>
    <button type="button" class="second" data-post="/api/telcos/${code}/disconnect">${say('cutLinks')}</button>
  </form>`
}

export function telcoSection(running: RunningTelco, words: Words): Html {
  const { say, name, time } = words
  const { telco, host } = running
  const { code, kind, prefixes } = telco.profile
  const links = host.links()
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
    <div data-live="${code}-switches">${switchChips(running, words)}</div>
    <details id="${code}-misbehave">
      <summary>${say('misbehaveSystem')}</summary>
      ${switchForm(running, words)}
    </details>
    <div data-live="${code}-complaints">
      ${
        telco.complaints.length > 0 &&
        html`<details id="${code}-complaints-list">
          <summary>${say('complaints')} (${telco.complaints.length})</summary>
          <ul class="small">
            ${telco.complaints.map((each) => html`<li>${time(each.at)} · ${each.fault}</li>`)}
          </ul>
        </details>`
      }
    </div>
  </section>`
}

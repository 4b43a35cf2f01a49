/** A billing centre on the page: the files it has received, what is on the bills, and its switches. */
import type { Html } from '../control/html'
import { html } from '../control/html'
import { deedForm, switchChips } from '../control/switch-panel'
import type { Words } from '../control/words'
import { type Bill, type Centre, centreSwitch, type ReceivedFile } from './centre'

const FILES_ON_PAGE = 8
const BILLS_ON_PAGE = 12
/** What is shown of a file; the whole of it is behind its name. */
const LINES_ON_PAGE = 6

export function centreSection(centre: Centre, port: number, words: Words): Html {
  const { say, name } = words
  const { code } = centre.profile
  const path = `/api/billing/${code}/switches`
  const silent = centre.files.some(({ answered }) => !answered)
  return html`<section id="billing-${code}" aria-labelledby="billing-${code}-name">
    <div data-live="billing-${code}-head" class="head">
      <h2 id="billing-${code}-name">${name(centre.profile.name)}</h2>
      <span class="muted">${code} · SFTP ${say('port')} ${port}</span>
      <span class="tag">${centre.files.length}</span>
    </div>
    <div data-live="billing-${code}-files">
      ${
        centre.files.length === 0
          ? html`<p class="empty">${say('noFiles')}</p>`
          : centre.files
              .slice(-FILES_ON_PAGE)
              .reverse()
              .map((file) => fileEntry(code, file, words))
      }
    </div>
    <h3>${say('bills')}</h3>
    <div data-live="billing-${code}-bills">${billsTable(centre, words)}</div>
    <div data-live="billing-${code}-switches">
      ${switchChips(path, centre.switches.all(), words, (each) => [
        `${words.deed(each.do)}${each.do === 'refuse' ? ` ${each.record}` : ''}`,
      ])}
    </div>
    <p data-live="billing-${code}-deeds" class="row">
      <button type="button" data-post="/api/billing/${code}/collect">${say('collectMonth')}</button>
      ${
        silent &&
        html`<button type="button" class="second" data-post="/api/billing/${code}/answer">${say('answerNow')}</button>`
      }
    </p>
    <details id="billing-${code}-misbehave">
      <summary>${say('centreSwitch')}</summary>
      ${deedForm(path, centreSwitch.shape.do.options, words)}
    </details>
  </section>`
}

function fileEntry(
  code: string,
  { name, at, acknowledgement, answered, content, file }: ReceivedFile,
  words: Words,
): Html {
  const { say, money, time } = words
  const verdict = acknowledgement.trimEnd().split('\n')
  const lines = content.subarray(0, 4096).toString('utf8').split('\n').slice(0, LINES_ON_PAGE)
  return html`<details id="billing-${code}-${name}">
    <summary>
      <span class="number">${name}</span>
      <span class="tag ${verdict[0] === 'OK' ? 'done' : 'warn'}">${verdict[0]}</span>
      ${!answered && html`<span class="tag held">${say('notAnswered')}</span>`}
      <span class="small muted"
        >${time(at)} · ${file?.details.length ?? 0} ·
        ${file && `${money(String(file.charges), file.currency)} − ${money(String(file.credits), file.currency)}`}</span
      >
    </summary>
    <pre>${lines.join('\n')}</pre>
    ${verdict.length > 1 && html`<p class="small">${say('refusedDetails')}: ${verdict.slice(1).join(', ')}</p>`}
    <a class="small" href="/api/billing/${code}/files/${name}">${say('wholeFile')}</a>
  </details>`
}

function billsTable({ profile, bills, wishes }: Centre, words: Words): Html {
  const { say, money } = words
  const newest = [...bills.values()].slice(-BILLS_ON_PAGE).reverse()
  if (newest.length === 0) return html`<p class="empty">${say('noBills')}</p>`
  const resultOf = ({ detail, result }: Bill) => {
    const wish = wishes.get(detail.tid)
    if (wish) return html`<span class="tag held">→ ${words.standing(`bill-${wish}`)}</span>`
    return result === undefined ? '' : html`<span class="tag done">${words.standing(`bill-${result}`)}</span>`
  }
  const button = (tid: string, result: 'U' | 'W') =>
    html`<form data-post="/api/billing/${profile.code}/bills/${tid}">
      <input type="hidden" name="result" value="${result}" />
      <button type="submit" class="quiet">${words.standing(`bill-${result}`)}</button>
    </form>`
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${say('line')}</th>
        <th scope="col">${say('what')}</th>
        <th scope="col" class="amount">${say('amount')}</th>
        <th scope="col">${say('billResult')}</th>
      </tr>
    </thead>
    <tbody>
      ${newest.map(
        (bill) =>
          html`<tr>
            <td data-label="${say('line')}" class="number">${bill.detail.calling}</td>
            <td data-label="${say('what')}">${bill.detail.description}</td>
            <td data-label="${say('amount')}" class="amount">
              ${money(String(bill.detail.amount), bill.currency)}${
                bill.credited > 0n && html` − ${money(String(bill.credited), bill.currency)}`
              }
            </td>
            <td data-label="${say('billResult')}">
              <div class="row">${resultOf(bill)} ${button(bill.detail.tid, 'U')} ${button(bill.detail.tid, 'W')}</div>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

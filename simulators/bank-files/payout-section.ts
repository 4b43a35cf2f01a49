/** What a bank was asked to pay to merchants, on the page: its book, and how it is to misbehave. */
import { type Html, html } from '../control/html'
import type { Words } from '../control/words'
import type { RunningPayoutDesk } from './payout-routes'

const ON_PAGE = 12

export function payoutSection({ bank, desk }: RunningPayoutDesk, { say, money, code: meaning, status }: Words): Html {
  const { code } = bank.profile
  const id = `bank-payouts-${code}`
  const book = desk.book()
  return html`<div id="${id}">
    <h3>${say('payouts')}</h3>
    <div data-live="${id}-book">
      ${
        book.length === 0
          ? html`<p class="empty">${say('noPayouts')}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th scope="col">${say('account')}</th>
                  <th scope="col">${say('holder')}</th>
                  <th scope="col" class="amount">${say('amount')}</th>
                  <th scope="col">${say('answer')}</th>
                  <th scope="col"><span class="small">${say('sendBack')}</span></th>
                </tr>
              </thead>
              <tbody>
                ${book.slice(0, ON_PAGE).map(
                  (each) =>
                    html`<tr>
                      <td data-label="${say('account')}" class="number">··${each.account.slice(-4)}</td>
                      <td data-label="${say('holder')}">${each.holder}</td>
                      <td data-label="${say('amount')}" class="amount">${money(each.amount, each.currency)}</td>
                      <td data-label="${say('answer')}">
                        <span class="tag ${each.status === 'ACSC' ? 'done' : 'warn'}"
                          >${each.status ? `${status(each.status)} ${each.status}` : '…'}
                          ${each.reason ? meaning(each.reason) : ''}</span
                        >
                      </td>
                      <td>
                        <form data-post="/api/bank-files/${code}/payouts/${each.reference}/back">
                          <button type="submit" class="quiet">${say('sendBack')}</button>
                        </form>
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
    </div>
    <form data-post="/api/bank-files/${code}/payout-switches" class="row small">
      <label
        >${say('deed')}
        <select name="do">
          <option value="refuse">${say('payoutRefuse')}</option>
          <option value="take">${say('payoutTake')}</option>
          <option value="silent">${say('payoutSilent')}</option>
        </select></label
      >
      <input type="hidden" name="times" value="1" />
      <button type="submit" class="quiet">${say('setSwitch')}</button>
    </form>
  </div>`
}

/** A bank's file desk on the page: pay in by giro, and the files that went and came. */
import type { Html } from '../control/html'
import { html } from '../control/html'
import type { Words } from '../control/words'
import type { DeskFile, FileBank } from './file-bank'

const ON_PAGE = 8

export function fileBankSection(bank: FileBank, port: number, words: Words): Html {
  const { say, name } = words
  const { code, account, holder } = bank.profile
  const id = `bank-files-${code}`
  return html`<section id="${id}" aria-labelledby="${id}-name">
    <div class="head">
      <h2 id="${id}-name">${name(bank.profile.name)} · ${say('bankFiles')}</h2>
      <span class="muted">SFTP ${say('port')} ${port}</span>
    </div>
    <p class="small muted">${say('gatewayAccount')} ${account} (${holder})</p>
    <form data-post="/api/bank-files/${code}/credits" class="fields">
      <label>${say('amount')} <input name="amount" inputmode="numeric" required pattern="[1-9][0-9]{0,14}" /></label>
      <label>${say('giroReference')} <input name="reference" placeholder="RF00 …" maxlength="60" /></label>
      <label>${say('giroMessage')} <input name="message" maxlength="140" /></label>
      <label>${say('payer')} <input name="payer" value="한지우" maxlength="70" /></label>
      <button type="submit">${say('payIn')}</button>
    </form>
    <button type="button" class="second" data-post="/api/bank-files/${code}/statements">${say('stateAccount')}</button>
    <div data-live="${id}-list">
      <h3>${say('filesOut')}</h3>
      ${fileList(code, bank.published, words)}
      <h3>${say('filesIn')}</h3>
      ${fileList(code, bank.received, words)}
    </div>
  </section>`
}

function fileList(code: string, files: readonly DeskFile[], { say, time }: Words): Html {
  if (files.length === 0) return html`<p class="empty">${say('noBankFiles')}</p>`
  return html`<ul class="small">
    ${files
      .slice(-ON_PAGE)
      .reverse()
      .map(
        ({ name, at }) =>
          html`<li>
            <a href="/api/bank-files/${code}/files/${name}">${name}</a> <span class="muted">${time(at)}</span>
          </li>`,
      )}
  </ul>`
}

/** The mail inbox on the page. */
import type { Html } from '../control/html'
import { html } from '../control/html'
import type { Words } from '../control/words'
import type { Mail, MailInbox } from './inbox'
import type { MailServer } from './smtp'
import { mailSwitch } from './smtp'

const MAILS_ON_PAGE = 30

function mailEntry(mail: Mail, { say, time }: Words): Html {
  return html`<li>
    <details id="mail-${mail.id}">
      <summary>
        <span class="subject">${mail.subject || say('noSubject')}</span>
        <span class="small muted">${mail.to.join(', ')} · ${time(mail.at)}</span>
      </summary>
      <p class="small muted">${say('from')} ${mail.from} · ${say('to')} ${mail.to.join(', ')}</p>
      ${
        mail.html === ''
          ? html`<pre>${mail.text}</pre>`
          : html`<iframe
                sandbox
                loading="lazy"
                src="/mail/${mail.id}/html"
                title="${mail.subject || say('noSubject')}"
              ></iframe>
              ${
                mail.text !== '' &&
                html`<details id="mail-${mail.id}-text">
                  <summary class="small">${say('plainText')}</summary>
                  <pre>${mail.text}</pre>
                </details>`
              }`
      }
    </details>
  </li>`
}

export function mailSection({ inbox, server, words }: { inbox: MailInbox; server: MailServer; words: Words }): Html {
  const { say, deed } = words
  const mails = inbox.list()
  return html`<section id="mail" aria-labelledby="mail-name">
    <div data-live="mail-head" class="head">
      <h2 id="mail-name">${say('mail')}</h2>
      <span class="muted">SMTP ${say('port')} ${server.port}</span>
      <span class="tag">${mails.length}</span>
    </div>
    <div data-live="mail-list">
      ${
        mails.length === 0
          ? html`<p class="empty">${say('noMail')}</p>`
          : html`<ul class="mails">
              ${mails.slice(0, MAILS_ON_PAGE).map((mail) => mailEntry(mail, words))}
            </ul>`
      }
    </div>
    <div data-live="mail-switches">
      <ul class="chips">
        ${server.switches.all().map(
          (each) =>
            html`<li class="tag warn">
              ${deed(each.do)} · ${each.to ?? '*'} ·
              ${each.times === undefined ? say('untilCleared') : `× ${each.times}`}
              <button
                type="button"
                class="quiet"
                data-delete="/api/mail/switches/${each.id}"
                aria-label="${say('clear')}: ${deed(each.do)}"
              >
                ✕
              </button>
            </li>`,
        )}
      </ul>
    </div>
    <details id="mail-misbehave">
      <summary>${say('mailSwitch')}</summary>
      <form data-post="/api/mail/switches" class="fields">
        <label
          >${say('deed')}
          <select name="do">
            ${mailSwitch.shape.do.options.map((each) => html`<option value="${each}">${deed(each)}</option>`)}
          </select></label
        >
        <label
          >${say('times_')}
          <select name="times">
            ${[1, 2, 3, 10].map((each) => html`<option value="${each}">${each}</option>`)}
            <option value="">${say('untilCleared')}</option>
          </select></label
        >
        <button type="submit">${say('setSwitch')}</button>
        <button type="button" class="second" data-delete="/api/mail">${say('emptyInbox')}</button>
      </form>
    </details>
  </section>`
}

/** The mail inbox on the page. */
import type { Html } from '../control/html'
import { html } from '../control/html'
import { deedForm, switchChips } from '../control/switch-panel'
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
      ${switchChips('/api/mail/switches', server.switches.all(), words, (each) => [deed(each.do), each.to ?? '*'])}
    </div>
    <details id="mail-misbehave">
      <summary>${say('mailSwitch')}</summary>
      ${deedForm(
        '/api/mail/switches',
        mailSwitch.shape.do.options,
        words,
        html`<button type="button" class="second" data-delete="/api/mail">${say('emptyInbox')}</button>`,
      )}
    </details>
  </section>`
}

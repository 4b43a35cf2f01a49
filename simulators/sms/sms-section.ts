/** The telephone on the page: messages as they are shown, calls as they are heard. */
import type { Html } from '../control/html'
import { html } from '../control/html'
import { deedForm, switchChips } from '../control/switch-panel'
import type { Words } from '../control/words'
import type { PhoneInbox, PhoneMessage } from './phone-inbox'
import type { Smsc } from './smsc'
import { smsSwitch } from './smsc'

const MESSAGES_ON_PAGE = 30

function messageEntry(message: PhoneMessage, { say, time }: Words): Html {
  const isCall = message.kind === 'call'
  return html`<li class="phone-message ${isCall ? 'call' : ''}">
    <p class="small muted">
      <span class="tag ${isCall ? 'held' : ''}">${say(isCall ? 'call' : 'sms')}</span>
      ${message.from} → <span class="number">${message.to}</span> · ${time(message.at)}
      ${message.parts > 1 && html` · ${message.parts} ${say('parts')}`}
    </p>
    <p class="phone-text">${isCall ? html`<q>${message.text}</q>` : message.text}</p>
  </li>`
}

export function smsSection({ inbox, smsc, words }: { inbox: PhoneInbox; smsc: Smsc; words: Words }): Html {
  const { say, deed } = words
  const messages = inbox.list()
  const binds = smsc.binds()
  return html`<section id="phone" aria-labelledby="phone-name">
    <div data-live="phone-head" class="head">
      <h2 id="phone-name">${say('phone')}</h2>
      <span class="muted">SMPP ${say('port')} ${smsc.port}</span>
      <span class="tag ${binds > 0 ? 'done' : ''}">${binds === 0 ? say('noLinks') : `${say('links')} ${binds}`}</span>
    </div>
    <div data-live="phone-list">
      ${
        messages.length === 0
          ? html`<p class="empty">${say('noSms')}</p>`
          : html`<ul class="mails">
              ${messages.slice(0, MESSAGES_ON_PAGE).map((message) => messageEntry(message, words))}
            </ul>`
      }
    </div>
    <div data-live="phone-switches">
      ${switchChips('/api/sms/switches', smsc.switches.all(), words, (each) => [deed(each.do), each.to ?? '*'])}
    </div>
    <details id="phone-misbehave">
      <summary>${say('smsSwitch')}</summary>
      ${deedForm(
        '/api/sms/switches',
        smsSwitch.shape.do.options,
        words,
        html`<button type="button" class="second" data-delete="/api/sms">${say('emptyInbox')}</button>`,
      )}
    </details>
  </section>`
}

/** The page of the outside world, drawn on the server; control/browser.js keeps it fresh. */
import { bankSection } from '../bank/bank-section'
import { fileBankSection } from '../bank-files/file-bank-section'
import { payoutSection } from '../bank-files/payout-section'
import { centreSection } from '../billing-centre/centre-section'
import { issuerSection } from '../issuers/issuer-section'
import { mailSection } from '../mail/mail-section'
import { smsSection } from '../sms/sms-section'
import { telcoSection } from '../telco/telco-section'
import type { PageSources } from './page-routes'
import { html } from './html'
import type { Language } from './words'
import { wordsIn } from './words'

export function page(
  { issuers, telcos, banks, bankPort, centres, fileBanks, payoutDesks, sftp, inbox, mail, phone, smsc }: PageSources,
  language: Language,
): string {
  const words = wordsIn(language)
  const { say, name } = words
  const switchTo = (to: Language, text: string) =>
    html`<a href="/?lang=${to}" lang="${to}" hreflang="${to}" ${to === language ? html`aria-current="true"` : ''}
      >${text}</a
    >`
  const { text } = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${say('title')} · Moa</title>
        <link
          rel="icon"
          href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='13' fill='none' stroke='%230f766e' stroke-width='4'/%3E%3Cpath d='M3 16h26M16 3c8 8 8 18 0 26M16 3c-8 8-8 18 0 26' fill='none' stroke='%230f766e' stroke-width='2'/%3E%3C/svg%3E"
        />
        <link rel="stylesheet" href="/font/pretendard.css" />
        <link rel="stylesheet" href="/browser.css" />
        <script type="module" src="/browser.js"></script>
      </head>
      <body data-failed="${say('failed')}" data-copied="${say('copied')}" data-question="${say('resetQuestion')}">
        <header>
          <div>
            <h1>${say('title')}</h1>
            <p class="muted">${say('subtitle')} ${say('times')}.</p>
          </div>
          <div class="tools">
            <span
              class="tag"
              id="live"
              role="status"
              data-live-text="${say('live')}"
              data-offline-text="${say('offline')}"
              >…</span
            >
            <span class="languages">${switchTo('ko', '한국어')} ${switchTo('en', 'English')}</span>
            <button type="button" class="second" data-post="/api/reset" data-ask>${say('reset')}</button>
          </div>
        </header>
        <nav aria-label="${say('sections')}">
          ${issuers.map(({ issuer: { profile } }) => html`<a href="#${profile.code}">${name(profile.name)}</a>`)}
          ${banks.map(({ profile }) => html`<a href="#bank-${profile.code}">${name(profile.name)}</a>`)}
          ${fileBanks.map(
            ({ profile }) => html`<a href="#bank-files-${profile.code}">${name(profile.name)} ${say('bankFiles')}</a>`,
          )}
          ${telcos.map(({ telco: { profile } }) => html`<a href="#${profile.code}">${name(profile.name)}</a>`)}${centres.map(({ profile }) => html`<a href="#billing-${profile.code}">${name(profile.name)}</a>`)}<a
            href="#phone"
            >${say('phone')}</a
          ><a href="#mail">${say('mail')}</a>
        </nav>
        <p id="failure" role="alert" hidden></p>
        <main>
          <div class="issuers">
            ${issuers.map((running) => issuerSection(running, words))}
            ${banks.map((bank) => bankSection(bank, bankPort, words))}
            ${fileBanks.map((bank) => fileBankSection(bank, sftp.port, words))}
            ${payoutDesks.map((each) => html`<section>${payoutSection(each, words)}</section>`)}
            ${telcos.map((running) => telcoSection(running, words))}
            ${centres.map((centre) => centreSection(centre, sftp.port, words))}
          </div>
          <div class="beside">
            ${smsSection({ inbox: phone, smsc, words })} ${mailSection({ inbox, server: mail, words })}
          </div>
        </main>
      </body>
    </html>`
  return text
}

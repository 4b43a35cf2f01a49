/** The page of the outside world, its two files, and the stream that tells it to look again. */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Bank } from '../bank/bank'
import type { Centre } from '../billing-centre/centre'
import type { RunningPayoutDesk } from '../bank-files/payout-routes'
import type { DebitCollector } from '../bank-files/debits'
import type { FileBank } from '../bank-files/file-bank'
import type { SftpServer } from '../files/sftp'
import type { Changes } from '../changes'
import type { RunningIssuer } from '../issuers/issuer-routes'
import type { MailInbox } from '../mail/inbox'
import type { MailServer } from '../mail/smtp'
import type { PhoneInbox } from '../sms/phone-inbox'
import type { Smsc } from '../sms/smsc'
import type { RunningTelco } from '../telco/telco-routes'
import { page } from './page'
import type { ControlRequest, Routes } from './router'
import { Refusal } from './router'
import type { Language } from './words'

export interface PageSources {
  readonly issuers: readonly RunningIssuer[]
  readonly telcos: readonly RunningTelco[]
  readonly banks: readonly Bank[]
  readonly bankPort: number
  readonly inbox: MailInbox
  readonly mail: MailServer
  readonly phone: PhoneInbox
  readonly smsc: Smsc
  readonly centres: readonly Centre[]
  readonly fileBanks: readonly FileBank[]
  readonly payoutDesks: readonly RunningPayoutDesk[]
  readonly collectors: readonly DebitCollector[]
  readonly sftp: SftpServer
  readonly changes: Changes
}

/** Pretendard in slices: a browser loads only those whose characters are on the page, and none from elsewhere. */
const FONT_STYLE = createRequire(import.meta.url).resolve(
  'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css',
)
const FONT_HEADERS = { 'cache-control': 'public, max-age=86400' }

const file = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

/** The language asked for by the switch on the page, else the browser's. */
function languageOf({ query, header }: ControlRequest): Language {
  const asked = query.get('lang')
  if (asked === 'ko' || asked === 'en') return asked
  return /^\s*en\b/i.test(header('accept-language') ?? '') ? 'en' : 'ko'
}

export function pageRoutes(sources: PageSources): Routes {
  const script = file('./browser.js')
  const style = file('./browser.css')
  return {
    'GET /': (request) => ({ text: page(sources, languageOf(request)), type: 'text/html; charset=utf-8' }),
    'GET /browser.js': () => ({ text: script, type: 'text/javascript; charset=utf-8' }),
    'GET /browser.css': () => ({ text: style, type: 'text/css; charset=utf-8' }),
    'GET /font/pretendard.css': async () => ({
      text: await readFile(FONT_STYLE, 'utf8'),
      type: 'text/css; charset=utf-8',
      headers: FONT_HEADERS,
    }),
    'GET /font/woff2-dynamic-subset/:slice': async ({ params }) => {
      const slice = params.slice ?? ''
      if (!/^[A-Za-z0-9]+\.subset\.[0-9]{1,3}\.woff2$/.test(slice)) throw new Refusal(404, 'no such font')
      const bytes = await readFile(path.join(path.dirname(FONT_STYLE), 'woff2-dynamic-subset', slice))
      return {
        raw: (response) => response.writeHead(200, { 'content-type': 'font/woff2', ...FONT_HEADERS }).end(bytes),
      }
    },
    'GET /api/changes': ({ signal }) => ({
      raw: (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        response.write('retry: 1000\n\n')
        const stop = sources.changes.watch(() => response.write('data: changed\n\n'))
        signal.addEventListener('abort', stop)
      },
    }),
  }
}

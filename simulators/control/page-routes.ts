/** The page of the outside world and its live refresh. */
import type { Changes } from '../changes'
import type { RunningIssuer } from '../issuers/issuer-routes'
import type { Inbox } from '../mail/inbox'
import type { MailServer } from '../mail/smtp'
import type { Routes } from './router'

export interface PageSources {
  readonly issuers: readonly RunningIssuer[]
  readonly inbox: Inbox
  readonly mail: MailServer
  readonly changes: Changes
}

export function pageRoutes({ changes }: PageSources): Routes {
  return {
    'GET /api/changes': ({ signal }) => ({
      raw: (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        response.write('retry: 1000\n\n')
        const stop = changes.watch(() => response.write('data: changed\n\n'))
        signal.addEventListener('abort', stop)
      },
    }),
  }
}

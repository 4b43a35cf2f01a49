import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { Desk } from '@/app/_glue/desk'
import { formatDuration } from '@/app/operator/_parts/figures'
import { Badge } from '@/components/ui/badge'
import { publicId, type Uuid } from '@/lib/ids'
import type { LoggedRequest } from '@/lib/operations/request-store'
import type { Caller } from './callers'
import { exactTime, outcomeOf, outcomeTones } from './outcome'
import { HERE } from './request-query'

interface Props {
  readonly desk: Desk
  readonly requests: readonly LoggedRequest[]
  readonly callers: ReadonlyMap<Uuid, Caller>
}

/** Requests as they were answered, the newest first; each leads to its own page. */
export async function RequestList({ desk: { gateway, locale }, requests, callers }: Props) {
  const t = await getTranslations('merchant.requests')
  return (
    <ul className="divide-y divide-line rounded-xl bg-raised ring-1 ring-line" aria-label={t('title')}>
      {requests.map(({ id, at, method, path, status, code, callerId, durationMs }) => (
        <li key={id}>
          <Link
            href={`${HERE}/${publicId('req', id)}`}
            prefetch={false}
            className="grid gap-x-4 gap-y-1 px-4 py-3 text-sm hover:bg-hover/60 sm:grid-cols-[9.5rem_minmax(0,1fr)_auto] sm:items-center sm:px-5"
          >
            <span className="figures text-xs text-ink-faint">{exactTime(at, locale, gateway.settings.TIME_ZONE)}</span>
            <span className="flex min-w-0 flex-col gap-0.5">
              <span className="flex min-w-0 items-baseline gap-2 font-mono text-xs">
                <span className="shrink-0 font-semibold text-ink">{method}</span>
                <span className="min-w-0 break-all text-ink">{path}</span>
              </span>
              <span className="truncate text-xs text-ink-faint">
                {(callerId && callers.get(callerId)?.name) ?? t('unknownCaller')}
              </span>
            </span>
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1 sm:justify-end">
              <span className="figures text-xs text-ink-faint">{formatDuration(durationMs, locale)}</span>
              <Badge tone={outcomeTones[outcomeOf(status)]}>
                <span className="figures">{status}</span> {code ?? t(`tone.${outcomeOf(status)}`)}
              </Badge>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

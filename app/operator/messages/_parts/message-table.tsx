import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { codeWords } from '@/app/_glue/code-words'
import type { SystemDesk } from '@/app/_glue/system'
import { Badge, type Tone } from '@/components/ui/badge'
import { publicId } from '@/lib/ids'
import type { LoggedMessage } from '@/lib/operations/message-store'
import { formatDuration } from '../../_parts/figures'
import { systemName } from '../../_parts/names'
import { results } from './log-query'

const TONES: Readonly<Record<(typeof results)[number], Tone>> = {
  approved: 'good',
  refused: 'warn',
  'no-answer': 'bad',
  unmatched: 'info',
}

interface Props {
  readonly desk: SystemDesk
  readonly messages: readonly LoggedMessage[]
  readonly here: string
}

/** Messages as they crossed the links, the newest first; each opens to show what it said. */
export async function MessageTable({ desk: { gateway, locale }, messages, here }: Props) {
  const [t, reasons, words] = await Promise.all([
    getTranslations('operator'),
    getTranslations('merchant.reason'),
    codeWords(),
  ])
  // A number is what a web server answered with.
  const why = (reason: string) => {
    const place = reason as never
    return reasons.has(place) ? reasons(place) : (words('refusal', reason) ?? reason)
  }
  const clock = new Intl.DateTimeFormat(locale === 'ko' ? 'ko' : 'en-GB', {
    ...{ month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    ...{ fractionalSecondDigits: 3, hourCycle: 'h23', timeZone: gateway.settings.TIME_ZONE },
  } as const)
  return (
    <ul className="divide-y divide-line rounded-xl bg-raised ring-1 ring-line" aria-label={t('messages.title')}>
      {messages.map((message) => {
        const known = results.find((each) => message.result?.startsWith(each))
        const reason = message.result?.split(':')[1]
        const direction = t(`messages.direction.${message.direction}`)
        const Arrow = message.direction === 'out' ? ArrowUpRight : ArrowDownLeft
        return (
          <li key={message.id} className="px-4 py-3 text-sm sm:px-5">
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <span className="figures w-full text-xs text-ink-faint sm:w-40 sm:shrink-0">
                {clock.format(message.at)}
              </span>
              <span className="flex min-w-0 items-center gap-1.5 font-medium text-ink">
                <Arrow className="size-4 shrink-0 text-ink-faint" aria-label={direction} />
                {systemName(gateway, message, locale, t('board.shops'))}
                <span className="font-mono text-xs text-ink-soft">{message.operation}</span>
              </span>
              <span className="text-xs text-ink-faint">
                {t(`board.link.${message.link}`)} · {message.process}
              </span>
              <span className="ml-auto flex items-center gap-3">
                {message.durationMs === null ? null : (
                  <span className="figures text-xs text-ink-faint">{formatDuration(message.durationMs, locale)}</span>
                )}
                {message.result === null ? null : (
                  <Badge tone={known ? TONES[known] : 'neutral'}>
                    {known ? t(`messages.results.${known}`) : message.result}
                    {reason ? ` · ${why(reason)}` : null}
                  </Badge>
                )}
              </span>
            </div>
            <div className="mt-1 flex flex-wrap items-start gap-x-4 gap-y-1 sm:pl-44">
              {message.body === null ? (
                <span className="text-xs text-ink-faint">{t('messages.noBody')}</span>
              ) : (
                <details className="w-full min-w-0 sm:w-auto sm:flex-1">
                  <summary className="w-fit rounded-sm text-xs text-ink-soft hover:text-ink">
                    {t('messages.body', { operation: message.operation, direction })}
                  </summary>
                  <p className="mt-1.5 rounded-md bg-sunken p-3 text-xs break-all whitespace-pre-wrap text-ink">
                    {message.body}
                  </p>
                </details>
              )}
              {message.paymentId ? (
                <Link
                  className="text-xs font-medium text-accent underline"
                  href={`${here}?name=${publicId('pay', message.paymentId)}`}
                >
                  {t('messages.allOf')}
                </Link>
              ) : null}
              {message.correlation ? (
                <span className="font-mono text-xs break-all text-ink-faint">{message.correlation}</span>
              ) : null}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

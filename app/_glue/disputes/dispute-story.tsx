import { getTranslations } from 'next-intl/server'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Timeline } from '@/components/ui/timeline'
import type { Dispute, DisputeHistoryEntry, GrantFault } from '@/lib/disputes/dispute'
import { eventTone } from './state-look'

interface Props {
  readonly dispute: Dispute
  readonly history: readonly DisputeHistoryEntry[]
  readonly locale: 'ko' | 'en'
  /** The shop's people see who of them did it; the shopper does not. */
  readonly namesPeople: boolean
}

// What was taken back within the shop is nobody's business outside it.
const INSIDE: readonly DisputeHistoryEntry['event'][] = [
  ...(['proposed', 'notConfirmed', 'notConfirmedUnanswered', 'confirmed'] as const),
]

const FAULTS = [
  'shop-declined',
  'shop-silent',
  'exceeds',
  'over-limit',
  'not-refundable',
] as const satisfies readonly GrantFault[]

/** What happened to a dispute, in the words of those who did it. */
export async function DisputeStory({ dispute, history, locale, namesPeople }: Props) {
  const t = await getTranslations('disputes')
  const shown = namesPeople ? history : history.filter(({ event }) => !INSIDE.includes(event))
  return (
    <Timeline
      label={t('timeline')}
      entries={shown.toReversed().map(({ version, event, at, actor, words, detail }) => {
        const amount = detail?.['amount']
        const why = FAULTS.find((known) => known === detail?.['why'])
        const name = actor.kind === 'shopper' || actor.kind === 'clock' ? t(`actor.${actor.kind}`) : actor.name
        return {
          id: String(version),
          title: t(`event.${event}`),
          at: formatDateTime(at, locale),
          tone: eventTone(event),
          detail: (
            <>
              {namesPeople && name ? <p className="text-xs text-ink-faint">{name}</p> : null}
              {amount ? <p className="figures">{formatMoney(BigInt(amount), dispute.currency, locale)}</p> : null}
              {why ? <p>{t(`why.${why}`)}</p> : null}
              {words ? <p className="break-words whitespace-pre-line">{words}</p> : null}
            </>
          ),
        }
      })}
    />
  )
}

import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Fact, Facts } from '@/components/ui/facts'
import type { Dispute } from '@/lib/disputes/dispute'
import { isClosed } from '@/lib/disputes/dispute-moves'
import { publicId } from '@/lib/ids'

interface Props {
  readonly dispute: Dispute
  readonly locale: 'ko' | 'en'
  /** Where the payment is seen. */
  readonly paymentHref?: string
}

/** What is disputed, how much of it, and until when what has to happen. */
export async function DisputeFacts({ dispute, locale, paymentHref }: Props) {
  const t = await getTranslations('disputes')
  const money = (amount: bigint) => <span className="figures">{formatMoney(amount, dispute.currency, locale)}</span>
  const { state, answerBy, decideBy, closedAt, offer, outcome, granted } = dispute
  return (
    <Facts>
      <Fact name={t('reason')}>{t(`reasons.${dispute.reason}`)}</Fact>
      <Fact name={t('wanted')}>{money(dispute.wanted)}</Fact>
      {offer !== undefined ? <Fact name={t('offer')}>{money(offer)}</Fact> : null}
      {state === 'decided' && outcome ? (
        <>
          <Fact name={t('decision')}>{t(`outcome.${outcome}`)}</Fact>
          <Fact name={t('granted')}>{money(granted ?? 0n)}</Fact>
        </>
      ) : null}
      {state === 'open' ? <Fact name={t('answerBy')}>{formatDateTime(answerBy, locale)}</Fact> : null}
      {!isClosed(state) && decideBy ? <Fact name={t('decideBy')}>{formatDateTime(decideBy, locale)}</Fact> : null}
      {closedAt ? <Fact name={t('closedAt')}>{formatDateTime(closedAt, locale)}</Fact> : null}
      <Fact name={t('order')}>
        {paymentHref ? (
          <Link href={paymentHref} className="text-accent-strong underline">
            {dispute.orderRef}
          </Link>
        ) : (
          dispute.orderRef
        )}
      </Fact>
      <Fact name={t('number')}>
        <span className="font-mono text-xs break-all">{publicId('dis', dispute.id)}</span>
      </Fact>
    </Facts>
  )
}

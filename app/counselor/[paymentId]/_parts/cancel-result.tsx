import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatMoney } from '@/components/i18n/format'
import { FocusFirstLink } from '@/components/counselor/focus-first-link'
import { ReloadWhile } from '@/components/ui/reload-while'
import { ButtonLink } from '@/components/ui/button-link'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { publicId } from '@/lib/ids'
import { sum } from '@/lib/money/money'
import type { Payment, Refund } from '@/lib/payments/payment'
import type { RefundRequest } from '@/lib/refund-requests/refund-request'

interface Props {
  readonly desk: Desk
  readonly payment: Payment
  readonly refunds: readonly Refund[]
  readonly requests: readonly RefundRequest[]
  /** The public identifier of a refund, or of a request for one, or void. What it says of success is read from the books, not from here. */
  readonly result: string
}

type Outcome = 'success' | 'part' | 'failure' | 'being-checked' | 'queued' | 'second'

/** What came of a cancellation: success or failure, in words the caller can be told (M-56). */
export async function CancelResult({ desk: { locale }, payment, refunds, requests, result }: Props) {
  const t = await getTranslations('counselor.result')
  const request = requests.find(({ id }) => publicId('rrq', id) === result)
  const refund = refunds.find(({ id }) => id === request?.refundId || publicId('ref', id) === result)
  const outcome = refund ? outcomeOf(refund) : request ? requestOutcome(request) : voidOutcome(payment)
  const back = refund ? sum(refund.legs.filter(({ state }) => state === 'refunded').map(({ amount }) => amount)) : 0n
  const tone = {
    success: 'good',
    part: 'warn',
    failure: 'bad',
    'being-checked': 'warn',
    queued: 'warn',
    second: 'warn',
  } as const
  const values = { amount: formatMoney(refund || !request ? back : request.amount, payment.currency, locale) }
  return (
    <Panel>
      {outcome === 'being-checked' ? <ReloadWhile /> : null}
      <Notice tone={tone[outcome]} title={t(`${outcome}.title`)} live>
        {refund || request ? t(`${outcome}.refund`, values) : t(`${outcome}.void`)}
      </Notice>
      <div className="mt-5 flex flex-col gap-2">
        <FocusFirstLink>
          <ButtonLink href="/counselor" kind="primary" wide>
            {t('next')}
          </ButtonLink>
        </FocusFirstLink>
        {isUnderWay(outcome) ? null : (
          <ButtonLink href={`/counselor/${publicId('pay', payment.id)}`} wide>
            {t('again')}
          </ButtonLink>
        )}
      </div>
    </Panel>
  )
}

function outcomeOf({ state }: Refund): Outcome {
  switch (state) {
    case 'refunded':
      return 'success'
    case 'partly-refunded':
      return 'part'
    case 'refused':
      return 'failure'
    case 'refunding':
      return 'being-checked'
    case 'queued':
      return 'queued'
  }
}

/** Somebody else decides it; until then nothing goes back. */
function requestOutcome({ state }: RefundRequest): Outcome {
  return state === 'open' ? 'second' : state === 'closed' ? 'success' : 'failure'
}

/** Done, or on its way without anybody at this desk. */
function isUnderWay(outcome: Outcome): boolean {
  return outcome !== 'part' && outcome !== 'failure'
}

function voidOutcome({ state }: Payment): Outcome {
  if (state === 'cancelled') return 'success'
  return state === 'voiding' ? 'being-checked' : 'failure'
}

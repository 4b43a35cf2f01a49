import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { legName } from '@/app/_glue/pay-progress'
import { formatMoney } from '@/components/i18n/format'
import { CancelForm } from '@/components/counselor/cancel-form'
import { ReloadWhile } from '@/components/ui/reload-while'
import { Fact, Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { saidOf } from '@/lib/desk/cancellation-plan'
import { limitLeft } from '@/lib/desk/member'
import { publicId, uuidAt } from '@/lib/ids'
import type { Payment, Refund } from '@/lib/payments/payment'
import { cancelPurchase } from '../actions'

interface Props {
  readonly desk: Desk
  readonly payment: Payment
  readonly refunds: readonly Refund[]
}

/** What cancelling does to each means, said before it is done; or why there is nothing to cancel. */
export async function CancelPanel({ desk, payment, refunds }: Props) {
  const { gateway, locale } = desk
  const [t, texts] = await Promise.all([getTranslations('counselor'), getTranslations('merchant.refused')])
  const money = (amount: bigint) => formatMoney(amount, payment.currency, locale)
  const plan = await gateway.deeds.plan(payment)
  if (plan.kind !== 'cancellable') {
    return (
      <Panel>
        <PanelHeader title={t('cancel')} />
        {plan.kind === 'being-checked' ? <ReloadWhile /> : null}
        <Notice tone={plan.kind === 'being-checked' ? 'warn' : 'info'}>{texts(plan.kind)}</Notice>
      </Panel>
    )
  }
  const left = limitLeft(desk, refunds)
  const isOver = left !== undefined && plan.amount > left
  // What is only held waits for nobody: it takes somebody with a higher limit.
  const toAsk = isOver && payment.state === 'paid' ? await gateway.refundRequests.leftToAsk(payment) : 0n
  const limit = money(desk.membership.refundLimit ?? 0n)
  const overLimit =
    payment.state !== 'paid'
      ? texts('needs-second-person', { limit })
      : toAsk > 0n
        ? t('askSecondText', { limit })
        : texts('asked-already')
  const submit = isOver
    ? t('askSecond', { amount: money(toAsk) })
    : plan.amount > 0n
      ? t('submit', { amount: money(plan.amount) })
      : t('submitUnpaid')
  return (
    <Panel>
      <PanelHeader title={t('cancel')} description={t('happens')} />
      {plan.deeds.length === 0 ? (
        <Notice className="mb-4">{t('unpaid')}</Notice>
      ) : (
        <Facts className="mb-4">
          {plan.deeds.map(({ leg, deed, amount, way }) => (
            <Fact
              key={`${leg.attempt} ${leg.leg}`}
              name={
                <span className="block max-w-48 sm:max-w-56">
                  <span className="block font-medium text-ink">{legName(gateway, leg, [], locale)}</span>
                  {t(`deed.${deed === 'void' || way === 'at-once' ? deed : way}`)}
                </span>
              }
            >
              <span className="figures whitespace-nowrap">{money(amount)}</span>
            </Fact>
          ))}
        </Facts>
      )}
      {isOver ? (
        <Notice tone="warn" title={t('overLimit')} className="mb-4">
          {overLimit}
        </Notice>
      ) : null}
      {isOver && toAsk <= 0n ? null : (
        <CancelForm
          words={{
            reason: t('reason'),
            reasonHint: t('reasonHint'),
            submit,
            unknown: texts('unknown'),
          }}
          token={uuidAt(gateway.clock.now())}
          cancel={cancelPurchase.bind(null, publicId('pay', payment.id), saidOf(plan))}
          asksSecond={isOver}
        />
      )}
    </Panel>
  )
}

import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDate } from '@/components/i18n/format'
import { CopyButton } from '@/components/ui/copy-button'
import { Fact, Facts } from '@/components/ui/facts'
import { MoneyText } from '@/components/ui/money'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { showCreditorReference } from '@/lib/giro/creditor-reference'
import type { GiroBill } from '@/lib/giro/giro-bill'
import type { Payment } from '@/lib/payments/payment'

/** What is paid by giro: under which reference, until when, and what has come in; nothing where nothing is. */
export async function GiroPanel({ desk, payment }: { desk: Desk; payment: Payment }) {
  const bills = await desk.gateway.giro.billsOf(payment.merchantId, payment.id)
  if (bills.length === 0) return null
  const t = await getTranslations('merchant.payment.giro')
  return (
    <Panel>
      <PanelHeader title={t('title')} />
      <div className="flex flex-col gap-6">
        {bills.map((bill) => (
          <Bill key={bill.id} {...{ desk, bill }} />
        ))}
      </div>
    </Panel>
  )
}

async function Bill({ desk: { gateway, locale }, bill }: { desk: Desk; bill: GiroBill }) {
  const [t, shared, credits] = await Promise.all([
    getTranslations('merchant.payment.giro'),
    getTranslations('shared'),
    gateway.giro.creditsOf(bill.merchantId, bill.id),
  ])
  const { currency } = bill.amount
  const money = (amount: bigint) => <MoneyText {...{ amount, currency, locale }} />
  return (
    <div>
      <Facts>
        <Fact name={t('reference')}>
          <span className="figures flex items-center justify-end gap-1">
            {showCreditorReference(bill.reference)}
            <CopyButton text={bill.reference} label={t('copy')} done={shared('copied')} iconOnly />
          </span>
        </Fact>
        <Fact name={t('amount')}>{money(bill.amount.amount)}</Fact>
        <Fact name={t('received')}>{money(bill.received)}</Fact>
        <Fact name={t('due')}>{formatDate(bill.dueAt, locale)}</Fact>
        {bill.demands > 0 ? <Fact name={t('demands')}>{t('times', { count: bill.demands })}</Fact> : null}
      </Facts>
      {credits.length === 0 ? (
        <p className="mt-3 text-sm text-ink-faint">{t('nothing')}</p>
      ) : (
        <ul className="mt-3 flex flex-col gap-2 border-t border-line pt-3 text-sm" aria-label={t('credits')}>
          {credits.map(({ id, amount, payerName, bookedOn, applied }) => (
            <li key={id} className="flex items-baseline justify-between gap-4">
              <span className="min-w-0 text-ink-soft">
                <span className="block truncate text-ink">{payerName}</span>
                <span className="figures text-ink-faint">{bookedOn}</span>
              </span>
              <span className="text-right">
                {money(amount.amount)}
                {applied === amount.amount ? null : (
                  <span className="block text-xs text-ink-faint">
                    {t('applied')} {money(applied)}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

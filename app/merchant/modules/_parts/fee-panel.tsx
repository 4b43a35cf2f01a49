import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatMoney, formatPercent } from '@/components/i18n/format'
import { FeeFields } from '@/components/merchant/fee-fields'
import { Fact, Facts } from '@/components/ui/facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { ModuleTerms } from '@/lib/payments/module-terms'
import { TermsPanel } from './terms-panel'

/** What each payment by a means costs the shop: set here, or agreed on with the operator (MODULE_FEES). */
export async function FeePanel({ desk, terms }: { desk: Desk; terms: ModuleTerms }) {
  const { gateway, merchant, locale } = desk
  const { bps, fixed } = terms.fee
  const [t, agreed] = await Promise.all([getTranslations('modules.fee'), gateway.settlement.terms(merchant.id)])
  const isOwn = bps > 0 || merchant.currencies.some((currency) => fixed[currency])
  const facts = (
    <Facts>
      {isOwn ? <Fact name={t('percent')}>{bps === 0 ? t('none') : formatPercent(bps / 10_000, locale, 2)}</Fact> : null}
      {isOwn
        ? merchant.currencies.map((currency) => (
            <Fact key={currency} name={t('fixed', { currency })}>
              {fixed[currency] ? formatMoney(fixed[currency], currency, locale) : t('none')}
            </Fact>
          ))
        : agreed.map(({ currency, feeBps, feeFixed }) => (
            <Fact key={currency} name={t('ofTerms', { currency })}>
              {formatPercent(feeBps / 10_000, locale, 2)} + {formatMoney(feeFixed, currency, locale)}
            </Fact>
          ))}
      {!isOwn && agreed.length === 0 ? <Fact name={t('title')}>{t('none')}</Fact> : null}
    </Facts>
  )
  if (gateway.settings.MODULE_FEES === 'operator') {
    return (
      <Panel>
        <PanelHeader title={t('title')} description={t('agreedText')} />
        {facts}
      </Panel>
    )
  }
  return (
    <TermsPanel
      {...{ desk, module: terms.module, which: 'fee', title: t('title'), text: t('text') }}
      form={
        <FeeFields
          id="fee-percent"
          fee={terms.fee}
          currencies={merchant.currencies}
          words={{ percent: t('percent'), fixed: (currency) => t('fixed', { currency }) }}
          locale={locale}
        />
      }
    >
      {facts}
    </TermsPanel>
  )
}

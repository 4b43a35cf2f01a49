import { getTranslations } from 'next-intl/server'
import { formatPercent } from '@/components/i18n/format'
import { Fact, Facts } from '@/components/ui/facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { PayoutContract } from '@/lib/billing/payout-contracts'

/** When the shop has its money: agreed with whoever runs the gateway, and changed by them alone. */
export async function ContractPanel({ contract, locale }: { contract: PayoutContract; locale: 'ko' | 'en' }) {
  const t = await getTranslations('merchant.phoneBill.contract')
  return (
    <Panel>
      <PanelHeader title={t('title')} description={t(`${contract.payout}Text`)} />
      <Facts>
        <Fact name={t('when')}>{t(contract.payout)}</Fact>
        {contract.payout === 'advance' ? (
          <Fact name={t('reserve')}>
            <span className="figures">{formatPercent(contract.reserveBps / 10_000, locale, 2)}</span>
          </Fact>
        ) : null}
      </Facts>
      <p className="mt-3 text-sm text-ink-faint">{t('agreed')}</p>
    </Panel>
  )
}

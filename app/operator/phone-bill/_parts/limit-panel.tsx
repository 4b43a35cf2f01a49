import { Pencil } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { SystemDesk } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { LimitFields } from '@/components/operator/limit-fields'
import { Fact, Facts } from '@/components/ui/facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { LimitInForce } from '@/lib/billing/limits'
import { changeLimit } from '../actions'

const AMOUNTS = ['perPurchase', 'perDay', 'perMonth'] as const
const COUNTS = ['countPerDay', 'countPerMonth'] as const

/** What any one line may be charged in a currency, whatever shop, telco or holder allow. */
export async function LimitPanel({ desk, limit }: { desk: SystemDesk; limit: LimitInForce }) {
  const { locale } = desk
  const { currency, changedAt } = limit
  const [t, shared] = await Promise.all([getTranslations('operator.phoneBill'), getTranslations('shared')])
  const words = {
    perPurchase: t('perPurchase'),
    perDay: t('perDay'),
    perMonth: t('perMonth'),
    countPerDay: t('countPerDay'),
    countPerMonth: t('countPerMonth'),
    empty: t('empty'),
  }
  return (
    <Panel>
      <PanelHeader
        title={t('limits', { currency })}
        description={t('changed', { at: formatDateTime(changedAt, locale) })}
        actions={
          desk.may('system.change') ? (
            <DeedDialog
              trigger={
                <>
                  <Pencil aria-hidden />
                  {t('change')}
                </>
              }
              triggerLook={{ size: 'small' }}
              title={t('limits', { currency })}
              description={t('changeText')}
              words={await deedWords(shared('save'))}
              deed={changeLimit}
            >
              <LimitFields {...{ currency, locale, limit, words }} />
            </DeedDialog>
          ) : null
        }
      />
      <Facts>
        {AMOUNTS.map((name) => (
          <Fact key={name} name={words[name]}>
            <span className="figures">
              {limit[name] === undefined ? t('none') : formatMoney(limit[name], currency, locale)}
            </span>
          </Fact>
        ))}
        {COUNTS.map((name) => (
          <Fact key={name} name={words[name]}>
            <span className="figures">{limit[name] ?? t('none')}</span>
          </Fact>
        ))}
      </Facts>
    </Panel>
  )
}

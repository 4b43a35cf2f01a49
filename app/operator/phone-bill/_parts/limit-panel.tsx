import { Pencil } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { SystemDesk } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { limitWords } from '@/app/merchant/phone-bill/_parts/limit-words'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { LimitFields } from '@/components/operator/limit-fields'
import { LimitFacts } from '@/components/phone/limit-facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { LimitInForce } from '@/lib/billing/limits'
import { changeLimit } from '../actions'

/** What any one line may be charged in a currency, whatever shop, telco or holder allow. */
export async function LimitPanel({ desk, limit }: { desk: SystemDesk; limit: LimitInForce }) {
  const { locale } = desk
  const { currency, changedAt } = limit
  const [t, shared, words] = await Promise.all([
    getTranslations('operator.phoneBill'),
    getTranslations('shared'),
    limitWords(),
  ])
  return (
    <Panel>
      <PanelHeader
        title={t('limits', { currency })}
        description={t('changed', { at: formatDateTime(changedAt, locale) })}
        actions={
          desk.may('system.change') ? (
            <DeedDialog
              icon={<Pencil aria-hidden />}
              trigger={t('change')}
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
      <LimitFacts {...{ currency, locale, limit, words }} />
    </Panel>
  )
}

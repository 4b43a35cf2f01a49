import { Pencil } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { LimitFields } from '@/components/operator/limit-fields'
import { LimitFacts } from '@/components/phone/limit-facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { LimitInForce } from '@/lib/billing/limits'
import { deedWords } from '../../_parts/deed-words'
import { changeShopLimit } from '../actions'
import { limitWords } from './limit-words'

interface Props {
  readonly desk: Desk
  readonly everybody: LimitInForce
  readonly own: LimitInForce | undefined
}

/** What one line may buy at this shop in a currency, beside what holds at every shop. */
export async function ShopLimitPanel({ desk, everybody, own }: Props) {
  const { locale } = desk
  const { currency } = everybody
  const [t, shared, words] = await Promise.all([
    getTranslations('merchant.phoneBill'),
    getTranslations('shared'),
    limitWords(),
  ])
  const title = t('limits', { currency })
  return (
    <Panel>
      <PanelHeader
        title={title}
        description={own ? t('changed', { at: formatDateTime(own.changedAt, locale) }) : t('noLimits')}
        actions={
          desk.may('merchant.change') ? (
            <DeedDialog
              icon={<Pencil aria-hidden />}
              trigger={t('change')}
              triggerLook={{ size: 'small' }}
              title={title}
              description={t('changeText')}
              words={await deedWords(shared('save'))}
              deed={changeShopLimit}
            >
              <LimitFields {...{ currency, locale, words }} limit={own ?? {}} />
            </DeedDialog>
          ) : null
        }
      />
      <LimitFacts
        {...{ currency, locale, words }}
        limit={own ?? {}}
        besides={{ limit: everybody, label: t('everywhere') }}
      />
    </Panel>
  )
}

import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { deedWords } from '../../_parts/deed-words'
import { switchGuests } from '../actions'

/** Whether people who are not logged in may put a purchase on a phone bill. */
export async function GuestPanel({ desk, allowed }: { desk: Desk; allowed: boolean }) {
  const t = await getTranslations('merchant.phoneBill.guests')
  const deed = allowed ? 'forbid' : 'allow'
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t(allowed ? 'allowedText' : 'forbiddenText')}
        actions={<Badge tone={allowed ? 'good' : 'neutral'}>{t(allowed ? 'allowed' : 'forbidden')}</Badge>}
      />
      {desk.may('merchant.change') ? (
        <DeedDialog
          trigger={t(deed)}
          triggerLook={{ size: 'small' }}
          title={t(deed)}
          description={t(`${deed}Text`)}
          words={await deedWords(t(deed))}
          deed={switchGuests.bind(null, !allowed)}
        />
      ) : null}
    </Panel>
  )
}

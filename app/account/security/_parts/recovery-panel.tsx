import { getTranslations } from 'next-intl/server'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Notice } from '@/components/ui/notice'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { renewRecoveryCodes } from '../actions'
import { securityWords } from './words'

/** Codes for the day on which everything else is lost. */
export async function RecoveryPanel({ left, isProved }: { left: number; isProved: boolean }) {
  const t = await getTranslations('people.security.recovery')
  const secret = { text: t('shown'), copy: t('copy'), copied: t('copied'), done: t('done') }
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          isProved ? (
            <DeedDialog
              trigger={t('renew')}
              triggerLook={{ size: 'small' }}
              title={t('renewTitle')}
              description={t('renewText')}
              words={{ ...(await securityWords(t('renew'))), secret }}
              deed={renewRecoveryCodes}
            />
          ) : null
        }
      />
      {left === 0 ? (
        <Notice tone="warn">{t('none')}</Notice>
      ) : (
        <p className="text-sm text-ink">{t('left', { count: left })}</p>
      )}
    </Panel>
  )
}

import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSystem } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { ExportLink } from '@/components/ui/export-link'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { switchMethod } from './actions'
import { CentrePanel } from './_parts/centre-panel'
import { LimitPanel } from './_parts/limit-panel'
import { OddTable } from './_parts/odd-table'
import { PhoneTabs } from './_parts/phone-tabs'
import { RefusedTable } from './_parts/refused-table'

const HERE = '/operator/phone-bill'
/** What somebody can look through at a sitting; the rest comes up as these are settled. */
const MOST = 100

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.phoneBill')
  return { title: t('title') }
}

/** How much may go on phone bills, the switch that stops it, and what billing centres would not take. */
export default async function PhoneBillPage() {
  const desk = await requireSystem('system.see', HERE)
  const { phoneBill, billingFiles } = desk.gateway
  const [t, shared, limits, files, silent, refused, odd] = await Promise.all([
    getTranslations('operator.phoneBill'),
    getTranslations('shared'),
    phoneBill.limits.of({ scope: 'operator' }),
    billingFiles.files(MOST),
    billingFiles.unacknowledged(),
    billingFiles.refused({ limit: MOST }),
    billingFiles.odd(MOST),
  ])
  const stoppedAt = limits.find((limit) => limit.stoppedAt)?.stoppedAt
  const deed = stoppedAt ? 'resume' : 'stop'
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <>
            <ExportLink href={`${HERE}/export`}>{shared('export')}</ExportLink>
            {desk.may('system.change') ? (
              <DeedDialog
                trigger={t(deed)}
                triggerLook={{ kind: stoppedAt ? 'primary' : 'danger' }}
                title={t(deed)}
                description={t(`${deed}Text`)}
                words={await deedWords(t(deed))}
                isDangerous={!stoppedAt}
                deed={switchMethod.bind(null, !stoppedAt)}
              />
            ) : null}
          </>
        }
      />
      <PhoneTabs current="lines" />
      <div className="flex flex-col gap-5">
        {stoppedAt ? (
          <Notice tone="warn" title={t('stopped')}>
            {t('stoppedText', { at: formatDateTime(stoppedAt, desk.locale) })}
          </Notice>
        ) : null}
        {limits.map((limit) => (
          <LimitPanel key={limit.currency} desk={desk} limit={limit} />
        ))}
        <CentrePanel {...{ desk, files, silent }} />
        <RefusedTable desk={desk} refused={refused} />
        <OddTable desk={desk} lines={odd} />
      </div>
    </>
  )
}

import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSystem } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { ExportLink } from '@/components/ui/export-link'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { onePage } from '../_parts/one-page'
import { switchMethod } from './actions'
import { CentrePanel } from './_parts/centre-panel'
import { LimitPanel } from './_parts/limit-panel'
import { OddTable } from './_parts/odd-table'
import { afterOdd, afterRefused, PHONE_BILL, placeHref, readPlace } from './_parts/phone-query'
import { PhoneTabs } from './_parts/phone-tabs'
import { RefusedTable } from './_parts/refused-table'
import type { RawQuery } from './_parts/typed-query'

const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.phoneBill')
  return { title: t('title') }
}

/** How much may go on phone bills, the switch that stops it, and what billing centres would not take. */
export default async function PhoneBillPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const place = readPlace(await searchParams)
  const desk = await requireSystem('system.see', PHONE_BILL)
  const { phoneBill, billingFiles } = desk.gateway
  const [t, shared, limits, latest, silent, foundRefused, foundOdd] = await Promise.all([
    getTranslations('operator.phoneBill'),
    getTranslations('shared'),
    phoneBill.limits.of({ scope: 'operator' }),
    billingFiles.latest(),
    billingFiles.unacknowledged(),
    billingFiles.refused({ limit: PAGE + 1, ...(place.refused && { before: place.refused }) }),
    billingFiles.odd(PAGE + 1, place.odd),
  ])
  const [refused, odd] = [onePage(foundRefused, PAGE), onePage(foundOdd, PAGE)]
  const stoppedAt = limits.find((limit) => limit.stoppedAt)?.stoppedAt
  const deed = stoppedAt ? 'resume' : 'stop'
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <>
            <ExportLink href={`${PHONE_BILL}/export`}>{shared('export')}</ExportLink>
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
        <CentrePanel {...{ desk, latest, silent }} />
        <RefusedTable
          desk={desk}
          refused={refused.rows}
          {...(refused.last && { nextHref: placeHref({ ...place, ...afterRefused(refused.last) }) })}
        />
        <OddTable
          desk={desk}
          lines={odd.rows}
          {...(odd.last && { nextHref: placeHref({ ...place, ...afterOdd(odd.last) }) })}
        />
      </div>
    </>
  )
}

import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { requireDesk } from '@/app/_glue/desk'
import { ButtonLink } from '@/components/ui/button-link'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { AmountsPanel } from '../_parts/amounts-panel'
import { AudiencePanel } from '../_parts/audience-panel'
import { BatchPanel } from '../_parts/batch-panel'
import { CombinationPanel } from '../_parts/combination-panel'
import { FeePanel } from '../_parts/fee-panel'
import { moduleName } from '@/app/_glue/module-name'
import { RefundsPanel } from '../_parts/refunds-panel'
import { SettingsPanel } from '../_parts/settings-panel'
import { StateBadge, StateDeed } from '../_parts/state-deed'
import { type TrialQuery, TryPanel } from '../_parts/try-panel'

const HERE = '/merchant/modules'

interface Props {
  params: Promise<{ module: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('modules')
  return { title: t('title') }
}

/** One way to pay: whether it is on, from whom and how much it takes, what it costs, and how refunds and batches go. */
export default async function ModulePage({ params, searchParams }: Props) {
  const { module: code } = await params
  const desk = await requireDesk('portal.see', `${HERE}/${code}`)
  const { merchantModules } = desk.gateway
  const [t, registered, running, query] = await Promise.all([
    getTranslations('modules'),
    merchantModules.termsOf(desk.merchant.id),
    merchantModules.running(desk.merchant.id),
    searchParams,
  ])
  const installed = merchantModules.installed.find((each) => each.code === code)
  const terms = registered.get(code)
  if (!installed || !terms) notFound()
  const { packaged, batch } = installed
  return (
    <>
      <PageHeader
        title={moduleName(t, installed, desk.locale)}
        description={
          packaged
            ? t('source', { source: packaged.source, version: packaged.version })
            : t(`timing.${installed.timing}`)
        }
        actions={<ButtonLink href={HERE}>{t('back')}</ButtonLink>}
      />
      <Panel className="mb-5 flex flex-wrap items-center justify-between gap-4">
        <div className="flex flex-wrap items-center gap-3">
          <StateBadge terms={terms} />
          <p className="text-sm text-ink-soft">
            {running.has(code) ? t('running', { ...running.get(code)! }) : t('nothingRuns')}
          </p>
        </div>
        <StateDeed {...{ desk, module: installed, terms, running: running.get(code) }} />
      </Panel>
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <div className="flex flex-col gap-5">
          <AmountsPanel {...{ desk, terms }} />
          <FeePanel {...{ desk, terms }} />
          <RefundsPanel {...{ desk, terms }} />
        </div>
        <div className="flex flex-col gap-5">
          <AudiencePanel {...{ desk, terms }} />
          <CombinationPanel {...{ desk, terms }} />
          {batch ? <BatchPanel {...{ desk, terms, batch }} /> : null}
          {packaged ? <SettingsPanel {...{ desk, terms }} /> : null}
          <TryPanel {...{ desk, terms, query: trialOf(query) }} />
        </div>
      </div>
    </>
  )
}

function trialOf(query: Record<string, string | string[] | undefined>): TrialQuery {
  const { amount, currency, email } = query
  return {
    ...(typeof amount === 'string' && { amount }),
    ...(typeof currency === 'string' && { currency }),
    ...(typeof email === 'string' && { email }),
  }
}

import { Pencil } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { FlowList, FlowPicture } from '@/components/merchant/flow-picture'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { flowSteps } from '@/lib/flows/flow-steps'
import type { RawQuery } from '../_parts/list-query'
import { DryRun } from './_parts/dry-run'
import { drawnSteps } from './_parts/step-words'
import { VersionTable } from './_parts/version-table'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('flow')
  return { title: t('title') }
}

const VERSIONS = 20

/** What happens to the shop's payments between opening and taking: as a picture, as a list, and tried on an example. */
export default async function FlowPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = await searchParams
  const desk = await requireDesk('flow.see', '/merchant/flow')
  const { gateway, merchant, locale } = desk
  const [t, inForce, versions, activations] = await Promise.all([
    getTranslations('flow'),
    gateway.flows.inForce(merchant.id),
    gateway.flows.list(merchant.id, { limit: VERSIONS }),
    gateway.flows.activations(merchant.id, 1),
  ])
  const asked = Number(query['version'])
  const looked = versions.find(({ version }) => version === asked)
  const shown = looked ?? inForce
  const contractConfirms = merchant.confirmation === 'required'
  const steps = await drawnSteps(flowSteps(shown.document, { contractConfirms }), locale)
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          desk.may('flow.change') ? (
            <ButtonLink href={`/merchant/flow/edit?from=${shown.version}`} kind="primary">
              <Pencil aria-hidden />
              {t('edit')}
            </ButtonLink>
          ) : null
        }
      />
      <div className="flex flex-col gap-5">
        <Panel>
          <PanelHeader
            title={t(shown.version === 0 ? 'first' : 'version', { version: shown.version })}
            description={activations[0] && !looked ? t('since', { by: activations[0].by }) : undefined}
            actions={
              <Badge tone={shown.version === inForce.version ? 'good' : 'neutral'}>
                {t(shown.version === inForce.version ? 'inForce' : 'notInForce')}
              </Badge>
            }
          />
          <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <FlowPicture steps={steps} label={t('picture')} />
            <FlowList steps={steps} label={t('steps')} />
          </div>
        </Panel>
        <DryRun desk={desk} flow={shown} query={query} />
        <VersionTable desk={desk} versions={versions} inForce={inForce.version} />
      </div>
    </>
  )
}

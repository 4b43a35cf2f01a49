import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { DisputePanels } from '@/app/_glue/disputes/dispute-panels'
import { requireDispute } from '@/app/_glue/disputes/require-dispute'
import { stateTones } from '@/app/_glue/disputes/state-look'
import { Badge } from '@/components/ui/badge'
import { PageHeader } from '@/components/ui/page-header'
import { DecisionPanel } from '../_parts/decision-panel'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('disputes')
  return { title: t('decision') }
}

/** One dispute for whoever decides it: both sides and the signed records on the left, the decision on the right. */
export default async function DecisionPage({ params }: { params: Promise<{ disputeId: string }> }) {
  const { disputeId: id } = await params
  const desk = await requireDesk('dispute.decide', `/counselor/disputes/${id}`)
  const dispute = await requireDispute(desk, id)
  const t = await getTranslations('disputes')
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {dispute.orderName}
            <Badge tone={stateTones[dispute.state]}>{t(`state.${dispute.state}`)}</Badge>
          </span>
        }
        back={{ href: '/counselor/disputes', label: t('desk.queue') }}
      />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <DisputePanels desk={desk} dispute={dispute} />
        </div>
        <DecisionPanel desk={desk} dispute={dispute} id={id} />
      </div>
    </>
  )
}

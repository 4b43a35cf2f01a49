import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { Queue } from '@/app/merchant/refund-requests/_parts/queue'
import { readQueueQuery } from '@/app/merchant/refund-requests/_parts/queue-query'

const HERE = '/counselor/refund-requests'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('refunds.queue')
  return { title: t('title') }
}

/** The same queue for counselors, who do not see the portal. */
export default async function RefundRequestsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = readQueueQuery(await searchParams)
  const desk = await requireDesk('refund-request.see', HERE)
  return <Queue desk={desk} query={query} here={HERE} />
}

import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import type { RawQuery } from '../_parts/list-query'
import { Queue } from './_parts/queue'
import { readQueueQuery } from './_parts/queue-query'

const HERE = '/merchant/refund-requests'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('refunds.queue')
  return { title: t('title') }
}

/** The shop's queue of refund requests. */
export default async function RefundRequestsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = readQueueQuery(await searchParams)
  const desk = await requireDesk('portal.see', HERE)
  return <Queue desk={desk} query={query} here={HERE} />
}

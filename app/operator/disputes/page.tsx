import type { Metadata } from 'next'
import { MessageCircleWarning } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DisputeList } from '@/app/_glue/disputes/dispute-list'
import { shopName } from '@/app/_glue/names'
import { requireSystem } from '@/app/_glue/system'
import { readMark, writeMark } from '@/app/merchant/phone-bill/_parts/list-mark'
import { EmptyState } from '@/components/ui/empty-state'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel } from '@/components/ui/panel'
import { openDisputeStates } from '@/lib/disputes/dispute-moves'

const PAGE = 25
const HERE = '/operator/disputes'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('disputes.operator')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ after?: string | string[] }>
}

/** What is open at every shop: the operator sees that it goes on, and moves nobody's money. */
export default async function DisputesOverviewPage({ searchParams }: Props) {
  const [{ after }, { gateway, locale }, t] = await Promise.all([
    searchParams,
    requireSystem('system.see', HERE),
    getTranslations('disputes'),
  ])
  const mark = readMark(after)
  const [counts, found] = await Promise.all([
    gateway.disputes.countOpen(),
    gateway.disputes.listOpen(PAGE + 1, mark && { at: mark.at, id: mark.name }),
  ])
  const disputes = found.slice(0, PAGE)
  const last = found.length > PAGE ? disputes.at(-1) : undefined
  const ids = [...new Set(disputes.map(({ merchantId }) => merchantId))]
  const shops = await Promise.all(ids.map((id) => gateway.merchants.get(id)))
  const names = new Map(shops.flatMap((shop) => (shop ? [[shop.id, shopName(shop, locale)] as const] : [])))
  const dueAt = last && (last.state === 'open' ? last.answerBy : last.decideBy)
  return (
    <>
      <PageHeader title={t('operator.title')} description={t('operator.text')} />
      <Panel className="mb-5">
        <Facts>
          {openDisputeStates.map((state) => (
            <Fact key={state} name={t(`state.${state}`)}>
              <span className="figures">
                {t('operator.count', { count: counts.find((one) => one.state === state)?.count ?? 0 })}
              </span>
            </Fact>
          ))}
        </Facts>
      </Panel>
      {disputes.length > 0 ? (
        <DisputeList disputes={disputes} locale={locale} label={t('list')} shops={names} />
      ) : (
        <EmptyState icon={MessageCircleWarning} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      )}
      <Pager
        label={t('older')}
        {...(last && dueAt && { nextHref: `${HERE}?after=${writeMark({ at: dueAt, name: last.id })}` })}
      />
    </>
  )
}

import { Download, SearchX, Undo2 } from 'lucide-react'
import { getMessages, getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { ListSort } from '@/app/_glue/list-sort'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { Select } from '@/components/ui/select'
import { publicId } from '@/lib/ids'
import { refundReasons, requestStates } from '@/lib/refund-requests/refund-request'
import { queueAddress, type QueueQuery } from './queue-query'
import { RequestCard } from './request-card'

const PAGE = 20

/** What shoppers ask to have back; the address says which of it. */
export async function Queue({ desk, query, here }: { desk: Desk; query: QueueQuery; here: string }) {
  const { gateway, merchant } = desk
  const [t, found, open, { refunds: words }] = await Promise.all([
    getTranslations('refunds'),
    gateway.refundRequests.list(merchant.id, { ...query, limit: PAGE + 1 }),
    gateway.refundRequests.countOpen(merchant.id),
    getMessages(),
  ])
  const { state, reason, text, order } = query
  const kept = { ...(state && { state }), ...(reason && { reason }), ...(text && { text }) }
  const requests = found.slice(0, PAGE)
  const last = found.length > PAGE ? requests.at(-1) : undefined
  const isFiltered = reason !== undefined || text !== undefined
  return (
    <>
      <PageHeader
        title={t('queue.title')}
        description={t('queue.text')}
        actions={
          requests.length > 0 && desk.may('portal.see') ? (
            <a href={queueAddress(`${here}/export`, query)} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('queue.export')}
            </a>
          ) : null
        }
      />
      <LinkTabs
        label={t('queue.state')}
        tabs={[...requestStates, undefined].map((one) => ({
          href: queueAddress(here, {
            ...(one && { state: one }),
            ...(reason && { reason }),
            ...(text && { text }),
            ...(order && { order }),
          }),
          label: one ? t(`states.${one}`) : t('queue.all'),
          current: one === state,
          ...(one === 'open' && { count: open.count }),
        }))}
      />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField
          name="q"
          label={t('queue.search')}
          {...(text && { defaultValue: text })}
          keep={{ tab: state ?? 'all', reason, sort: order }}
        />
        <form className="flex items-center gap-2">
          <input type="hidden" name="tab" value={state ?? 'all'} />
          {text ? <input type="hidden" name="q" value={text} /> : null}
          {order ? <input type="hidden" name="sort" value={order} /> : null}
          <Select name="reason" aria-label={t('queue.reason')} defaultValue={reason ?? ''} className="h-11 text-sm">
            <option value="">{t('queue.anyReason')}</option>
            {refundReasons.map((one) => (
              <option key={one} value={one}>
                {words.reasons[one]}
              </option>
            ))}
          </Select>
          <Button type="submit">{t('queue.filter')}</Button>
        </form>
        <div className="sm:ml-auto">
          <ListSort order={order} hrefOf={(sort) => queueAddress(here, { ...kept, ...(sort && { order: sort }) })} />
        </div>
      </div>
      {requests.length > 0 ? (
        <ul className="flex flex-col gap-4" aria-label={t('queue.title')}>
          {requests.map((request) => (
            <li key={request.id}>
              <RequestCard desk={desk} request={request} />
            </li>
          ))}
        </ul>
      ) : isFiltered ? (
        <EmptyState
          icon={SearchX}
          title={t('queue.notFound')}
          action={<ButtonLink href={here}>{t('queue.reset')}</ButtonLink>}
        />
      ) : (
        <EmptyState icon={Undo2} title={t('queue.none')}>
          {t('queue.noneText')}
        </EmptyState>
      )}
      <Pager
        label={t('queue.older')}
        {...(last && { nextHref: queueAddress(here, query, publicId('rrq', last.id)) })}
      />
    </>
  )
}

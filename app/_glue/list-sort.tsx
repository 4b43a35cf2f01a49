import { getTranslations } from 'next-intl/server'
import { SortLinks } from '@/components/ui/sort-links'
import { type ListOrder, listOrders } from '@/lib/db/list-order'

/** In which order a list stands that has one by time only, and the way to the other. */
export async function ListSort({
  order = 'newest',
  hrefOf,
}: {
  order?: ListOrder | undefined
  /** The address of the list in that order, at its first page; undefined stands for the newest first. */
  hrefOf: (order: ListOrder | undefined) => string
}) {
  const t = await getTranslations('shared.sort')
  return (
    <SortLinks
      label={t('label')}
      links={listOrders.map((one) => ({
        href: hrefOf(one === 'newest' ? undefined : one),
        label: t(one),
        current: one === order,
      }))}
    />
  )
}

/** What the address of a list says of its order; nothing is the newest first. */
export function readOrder(sort: string | string[] | undefined): ListOrder | undefined {
  return sort === 'oldest' ? sort : undefined
}

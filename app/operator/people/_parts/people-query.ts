import { readOrder } from '@/app/_glue/list-sort'
import type { PeopleFilter, ShopFilter } from '@/lib/auth/directory'
import { staffRoles, systemRoles } from '@/lib/auth/person'
import { readPublicId } from '@/lib/ids'
import { type ListQuery, searched } from './list-query'

const ROLES = [...staffRoles, ...systemRoles] as const

/** By role, and those who may not come in. */
export const peopleTabs = [...ROLES, 'suspended'] as const

/** What the address of the list of people says; anything it does not understand is left out. */
export function peopleFilter(query: ListQuery) {
  const q = searched(query)
  const show = peopleTabs.find((tab) => tab === query.show)
  const role = ROLES.find((each) => each === show)
  const order = readOrder(query.sort)
  const before = readPublicId('per', String(query.before ?? ''))
  const filter: Omit<PeopleFilter, 'limit'> = {
    ...{ order, suspended: show === 'suspended' },
    ...(q && { text: q }),
    ...(role && { role }),
    ...(before && { before }),
  }
  return { q, show, order, filter }
}

/** The same of the list of shops. */
export function shopFilter(query: ListQuery) {
  const q = searched(query)
  const show = query.show === 'suspended' ? query.show : undefined
  const order = readOrder(query.sort)
  const before = readPublicId('mer', String(query.before ?? ''))
  const filter: Omit<ShopFilter, 'limit'> = {
    ...{ order, suspended: show === 'suspended' },
    ...(q && { text: q }),
    ...(before && { before }),
  }
  return { q, show, order, filter }
}

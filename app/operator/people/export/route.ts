import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { shopName } from '@/app/_glue/names'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import type { KnownPerson } from '@/lib/auth/directory'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { csvAnswer } from '../../_parts/csv-answer'
import { peopleFilter } from '../_parts/people-query'

const ROWS = 500

/** Everybody who works here as a CSV file, with the filters of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireSystem('people.see', '/operator/people')
  const { gateway, locale } = desk
  const [t, roles, system] = await Promise.all([
    getTranslations('operator.people'),
    getTranslations('merchant.role'),
    getTranslations('operator.role'),
  ])
  const { filter } = peopleFilter(Object.fromEntries(request.nextUrl.searchParams))
  const rowOf = ({ person, work, systemRole, hasSecondFactor, suspendedAt, lastSeenAt }: KnownPerson) => {
    const places = work.map(({ merchant, role }) => `${shopName(merchant, locale)} · ${roles(role)}`)
    return csvLine([
      ...[publicId('per', person.id), person.name, person.email],
      [...(systemRole ? [system(systemRole)] : []), ...places].join('; ') || t('shopper'),
      ...[t(hasSecondFactor ? 'factorOn' : 'factorOff'), lastSeenAt?.toISOString() ?? ''],
      t(suspendedAt ? 'suspended' : 'active'),
    ])
  }
  await noteSystemDeed(desk, { action: 'people.see', object: 'people.csv', outcome: 'done' })
  let { before }: { before?: Uuid } = filter
  const heads = [t('id'), t('name'), t('email'), t('work'), t('factor'), t('seen'), t('standing')]
  return csvAnswer('people.csv', csvLine(heads), async () => {
    const page = await gateway.directory.people({ ...filter, limit: ROWS, ...(before && { before }) })
    before = page.at(-1)?.person.id
    return { lines: page.map(rowOf), isLast: page.length < ROWS }
  })
}

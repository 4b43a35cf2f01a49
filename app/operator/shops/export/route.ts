import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { csvAnswer } from '../../_parts/csv-answer'
import { shopFilter } from '../../people/_parts/people-query'

const ROWS = 500

/** The shops as a CSV file, with the filters of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireSystem('people.see', '/operator/shops')
  const { gateway } = desk
  const t = await getTranslations('operator.shops')
  const { filter } = shopFilter(Object.fromEntries(request.nextUrl.searchParams))
  await noteSystemDeed(desk, { action: 'people.see', object: 'shops.csv', outcome: 'done' })
  let { before }: { before?: Uuid } = filter
  const heads = [t('number'), t('name'), t('nameEn'), t('currencies'), t('owners'), t('people'), t('means')]
  return csvAnswer('shops.csv', csvLine([...heads, t('opened'), t('standing')]), async () => {
    const page = await gateway.directory.shops({ ...filter, limit: ROWS, ...(before && { before }) })
    before = page.at(-1)?.merchant.id
    const lines = page.map(({ merchant, owners, people }) =>
      csvLine([
        ...[publicId('mer', merchant.id), merchant.name, merchant.nameEn ?? '', merchant.currencies.join(' ')],
        ...[owners.map(({ name }) => name).join('; '), String(people), merchant.modules.join(' ')],
        ...[merchant.createdAt.toISOString(), t(merchant.suspendedAt ? 'suspended' : 'active')],
      ]),
    )
    return { lines, isLast: page.length < ROWS }
  })
}

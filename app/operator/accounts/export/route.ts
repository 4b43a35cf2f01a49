import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { standingOf } from '@/app/_glue/own-accounts'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import type { Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import { csvAnswer } from '../../_parts/csv-answer'
import { accountFilter } from '../_parts/account-query'

// The most that one reading of accounts gives.
const ROWS = 100

/** The micro accounts as a CSV file, their numbers masked, with the filters of the page it is asked from. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireSystem('system.see', '/operator/accounts')
  const { accounts } = desk.gateway
  const t = await getTranslations('operator.accounts')
  const { filter } = accountFilter(Object.fromEntries(request.nextUrl.searchParams))
  await noteSystemDeed(desk, { action: 'system.see', object: 'accounts.csv', outcome: 'done' })
  let { before }: { before?: Uuid } = filter
  const heads = [t('number'), t('kindOf'), t('currency'), t('balance'), t('held'), t('used'), t('standing')]
  return csvAnswer('accounts.csv', csvLine([...heads, t('validUntil'), t('openedAt')]), async () => {
    const page = await accounts.list({ ...filter, limit: ROWS, ...(before && { before }) })
    before = page.at(-1)?.id
    const lines = page.map((account) => {
      const money = (amount: bigint) => decimalText(amount, exponentOf(account.currency))
      return csvLine([
        ...[account.masked, t(`kind.${account.kind}`), account.currency, money(account.balance), money(account.held)],
        ...[money(account.used.month), t(`state.${standingOf(account).standing}`)],
        ...[account.validUntil?.toISOString() ?? '', account.createdAt.toISOString()],
      ])
    })
    return { lines, isLast: page.length < ROWS }
  })
}

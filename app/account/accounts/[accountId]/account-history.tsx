import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireOwnAccount } from '@/app/_glue/own-accounts'
import { isUuid } from '@/app/_glue/uuid'
import { Chart } from '@/components/charts/chart'
import { formatMoney, formatMonth } from '@/components/i18n/format'
import { LinkTabs } from '@/components/ui/link-tabs'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { MovementRows } from './movement-rows'

const PAGE = 20
const KINDS = ['charge', 'refund', 'top-up', 'voucher'] as const
const MOST_MONTHS = 12

/** What was charged day by day this month, every movement, and the statements of earlier months. */
export async function AccountHistory({
  accountId,
  before,
  kind: wanted,
}: {
  accountId: string
  before?: string
  kind?: string
}) {
  const { account, gateway } = await requireOwnAccount(accountId)
  const kind = KINDS.find((each) => each === wanted)
  const [locale, t, messages] = await Promise.all([getLocale(), getTranslations('account.accounts'), getMessages()])
  const now = gateway.clock.now()
  const zone = gateway.settings.TIME_ZONE
  // The zone's own month, as the account counts it.
  const month = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', timeZone: zone }).format(now)
  const [days, months, movements] = await Promise.all([
    gateway.accounts.daily(account.id, month),
    gateway.accounts.months(account.id),
    gateway.accounts.history(account.id, {
      limit: PAGE,
      ...(kind && { kind }),
      ...(before && isUuid(before) && { before }),
    }),
  ])
  const last = movements.length === PAGE ? movements.at(-1) : undefined
  const here = (query: Record<string, string | undefined>) => {
    const search = new URLSearchParams(
      Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
    )
    return `/account/accounts/${account.id}${search.size > 0 ? `?${search}` : ''}`
  }
  const figures = days.map(({ day, amount }) => `${day.slice(5)} ${formatMoney(amount, account.currency, locale)}`)
  return (
    <Panel>
      <PanelHeader title={t('history')} description={t('zone', { zone })} />
      {days.length > 0 ? (
        <Chart
          rows={days.map(({ day, amount }) => ({ name: day.slice(5), values: [amount] }))}
          series={[{ name: t('charged'), colour: 1 }]}
          currency={account.currency}
          locale={locale}
          label={t('chart', { figures: figures.join(', ') })}
          nameHead={t('day')}
          words={{ asTable: messages.shared.asTable, asChart: messages.shared.asChart }}
        />
      ) : null}
      <LinkTabs
        label={t('history')}
        tabs={[undefined, ...KINDS].map((each) => ({
          href: here({ kind: each }),
          label: t(`movement.${each ?? 'all'}`),
          current: each === kind,
        }))}
      />
      <MovementRows movements={movements} currency={account.currency} empty={t('noMovements')} />
      <Pager label={t('more')} {...(last && { nextHref: here({ kind, before: last.id }) })} />
      {months.length > 0 ? (
        <>
          <h3 className="mt-6 mb-2 font-semibold text-ink">{t('statements')}</h3>
          <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
            {months.slice(0, MOST_MONTHS).map((each) => (
              <li key={each}>
                <Link
                  className="inline-flex min-h-8 items-center font-medium text-accent hover:underline"
                  href={`/account/accounts/${account.id}/statements/${each}`}
                >
                  {formatMonth(new Date(`${each}-15T00:00:00Z`), locale)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Panel>
  )
}

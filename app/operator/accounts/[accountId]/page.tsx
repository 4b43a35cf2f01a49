import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { MovementRows } from '@/app/account/accounts/[accountId]/movement-rows'
import { standingOf } from '@/app/_glue/own-accounts'
import { requireSystem } from '@/app/_glue/system'
import { isUuid } from '@/app/_glue/uuid'
import { formatDate, formatDateTime, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { AccountDeeds } from '../_parts/account-deeds'

const HERE = '/operator/accounts'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.accounts')
  return { title: t('title') }
}

interface Props {
  params: Promise<{ accountId: string }>
  searchParams: Promise<{ before?: string }>
}

/** One account as its operator sees it: never its number, its telephone or its PIN. */
export default async function AccountPage({ params, searchParams }: Props) {
  const desk = await requireSystem('system.see', HERE)
  const [{ accountId }, { before }] = await Promise.all([params, searchParams])
  const { accounts } = desk.gateway
  const account = isUuid(accountId) ? await accounts.find(accountId) : undefined
  if (!account) notFound()
  const [t, movements, holder] = await Promise.all([
    getTranslations('operator.accounts'),
    accounts.history(account.id, { limit: PAGE, ...(before && isUuid(before) && { before }) }),
    account.shopperId ? desk.gateway.people.get(account.shopperId) : undefined,
  ])
  const last = movements.length === PAGE ? movements.at(-1) : undefined
  const { standing, tone } = standingOf(account)
  const money = (amount: bigint | undefined) =>
    amount === undefined ? t('none') : formatMoney(amount, account.currency, desk.locale)
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            <span className="figures">{account.masked}</span>
            <Badge tone={tone}>{t(`state.${standing}`)}</Badge>
          </span>
        }
        back={{ href: HERE, label: t('title') }}
        actions={
          desk.may('system.change') ? (
            <AccountDeeds account={account} locale={desk.locale} timeZone={desk.gateway.settings.TIME_ZONE} />
          ) : null
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Panel>
          <Facts>
            <Fact name={t('holder')}>{holder?.name ?? t('nobody')}</Fact>
            <Fact name={t('kindOf')}>{t(`kind.${account.kind}`)}</Fact>
            <Fact name={t('balance')}>
              <span className="figures">{money(account.balance)}</span>
            </Fact>
            <Fact name={t('held')}>
              <span className="figures">{money(account.held)}</span>
            </Fact>
            <Fact name={t('used')}>
              <span className="figures">{money(account.used.month)}</span>
            </Fact>
            <Fact name={t('validUntil')}>
              {account.validUntil ? formatDate(account.validUntil, desk.locale) : t('none')}
            </Fact>
            <Fact name={t('mobile')}>
              <span className="figures">{account.mobileMasked ?? t('none')}</span>
            </Fact>
            {account.suspendedAt ? (
              <Fact name={t('suspendedAt')}>
                {[formatDateTime(account.suspendedAt, desk.locale), account.suspendedBy?.name, account.suspendedReason]
                  .filter(Boolean)
                  .join(' · ')}
              </Fact>
            ) : null}
            {account.lostAt ? <Fact name={t('lostAt')}>{formatDateTime(account.lostAt, desk.locale)}</Fact> : null}
          </Facts>
        </Panel>
        <Panel>
          <PanelHeader title={t('limits')} />
          <Facts>
            {(['perPurchase', 'perDay', 'perMonth'] as const).map((name) => (
              <Fact key={name} name={t(name)}>
                <span className="figures">
                  {money(account.limits[name])}
                  {account.ownLimits[name] === undefined ? '' : ` (${t('own')} ${money(account.ownLimits[name])})`}
                </span>
              </Fact>
            ))}
            {account.kind === 'postpaid' ? (
              <Fact name={t('creditLimit')}>
                <span className="figures">{money(account.creditLimit)}</span>
              </Fact>
            ) : null}
          </Facts>
        </Panel>
        <Panel className="lg:col-span-2">
          <PanelHeader title={t('history')} />
          <MovementRows movements={movements} currency={account.currency} empty={t('noMovements')} />
          <Pager label={t('more')} {...(last && { nextHref: `${HERE}/${account.id}?before=${last.id}` })} />
        </Panel>
      </div>
    </>
  )
}

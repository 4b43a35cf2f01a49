import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { accountName, requireOwnAccount } from '@/app/_glue/own-accounts'
import { formatMoney, formatMonth } from '@/components/i18n/format'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { PrintButton } from '@/components/ui/print-button'
import { MovementRows } from '../../movement-rows'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.accounts')
  return { title: t('statement') }
}

interface Props {
  params: Promise<{ accountId: string; month: string }>
}

const KINDS = ['charge', 'refund', 'top-up', 'voucher'] as const

/** A month of an account; prints as it is. */
export default async function StatementPage({ params }: Props) {
  const { accountId, month } = await params
  const { gateway, account } = await requireOwnAccount(accountId)
  const statement = /^[0-9]{4}-(0[1-9]|1[0-2])$/.test(month)
    ? await gateway.accounts.statement(account.id, month)
    : undefined
  if (!statement) notFound()
  const [locale, t] = await Promise.all([getLocale(), getTranslations('account.accounts')])
  const money = (amount: bigint) => formatMoney(amount, statement.currency, locale)
  return (
    <>
      <PageHeader
        title={`${t('statement')} · ${formatMonth(new Date(`${month}-15T00:00:00Z`), locale)}`}
        description={`${accountName(account)} · ${account.masked}`}
        back={{ href: `/account/accounts/${account.id}`, label: accountName(account) }}
        actions={<PrintButton label={t('print')} />}
      />
      <Panel>
        <Facts className="mb-5">
          <Fact name={t('opening')}>
            <span className="figures">{money(statement.opening)}</span>
          </Fact>
          {KINDS.filter((kind) => statement.totals[kind] > 0n).map((kind) => (
            <Fact key={kind} name={t(`movement.${kind}`)}>
              <span className="figures">{money(statement.totals[kind])}</span>
            </Fact>
          ))}
          <Fact name={t('closing')}>
            <span className="figures">{money(statement.closing)}</span>
          </Fact>
        </Facts>
        <MovementRows movements={statement.movements} currency={statement.currency} empty={t('noMovements')} />
        {statement.more ? <p className="mt-3 text-sm text-ink-faint">{t('statementMore')}</p> : null}
      </Panel>
    </>
  )
}

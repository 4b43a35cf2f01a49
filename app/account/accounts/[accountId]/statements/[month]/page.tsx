import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { accountName, requireOwnAccount } from '@/app/_glue/own-accounts'
import { formatMoney } from '@/components/i18n/format'
import { buttonLook } from '@/components/ui/button-look'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { PrintButton } from '@/components/ui/print-button'
import { MovementRows } from '../../movement-rows'
import { MOVEMENT_KINDS, monthName, statementOf } from './statement'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.accounts')
  return { title: t('statement') }
}

interface Props {
  params: Promise<{ accountId: string; month: string }>
}

/** A month of an account; prints as it is. */
export default async function StatementPage({ params }: Props) {
  const { accountId, month } = await params
  const { gateway, account } = await requireOwnAccount(accountId)
  const statement = await statementOf(gateway, account.id, month)
  if (!statement) notFound()
  const [locale, t] = await Promise.all([getLocale(), getTranslations('account.accounts')])
  const money = (amount: bigint) => formatMoney(amount, statement.currency, locale)
  return (
    <>
      <PageHeader
        title={`${t('statement')} · ${monthName(month, locale)}`}
        description={`${accountName(account)} · ${account.masked}`}
        back={{ href: `/account/accounts/${account.id}`, label: accountName(account) }}
        actions={
          <>
            {/* A file, not a page. */}
            <a className={buttonLook({})} href={`/account/accounts/${account.id}/statements/${month}/pdf`} download>
              <Download aria-hidden />
              {t('pdf')}
            </a>
            <PrintButton label={t('print')} />
          </>
        }
      />
      <Panel>
        <Facts className="mb-5">
          <Fact name={t('opening')}>
            <span className="figures">{money(statement.opening)}</span>
          </Fact>
          {MOVEMENT_KINDS.filter((kind) => statement.totals[kind] > 0n).map((kind) => (
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

import { Plus, WalletCards } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { AccountTabs } from '@/app/_glue/account-tabs'
import { runningGateway } from '@/app/_glue/gateway'
import { accountName, standingOf } from '@/app/_glue/own-accounts'
import { requirePerson } from '@/app/_glue/session'
import { AccountUse } from '@/components/account/account-use'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.accounts')
  return { title: t('title') }
}

/** The shopper's micro accounts, each with its balance and this month's use. */
export default async function AccountsPage() {
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson('/account/accounts'),
    runningGateway(),
    getLocale(),
    getTranslations('account.accounts'),
    getMessages(),
  ])
  const accounts = await gateway.accounts.ofShopper(person.id)
  const actions = (
    <>
      <ButtonLink href="/account/accounts/claim">{t('claim')}</ButtonLink>
      <ButtonLink href="/account/accounts/new" kind="primary">
        <Plus aria-hidden />
        {t('open')}
      </ButtonLink>
    </>
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={accounts.length > 0 ? actions : null} />
      <AccountTabs current="accounts" />
      {accounts.length === 0 ? (
        <EmptyState
          icon={WalletCards}
          title={t('empty')}
          action={<div className="flex flex-wrap justify-center gap-2">{actions}</div>}
        >
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {accounts.map((account) => {
            const { standing, tone } = standingOf(account)
            return (
              <li
                key={account.id}
                className="relative flex flex-col gap-4 rounded-xl bg-raised p-5 ring-1 ring-line transition-colors focus-within:ring-2 focus-within:ring-accent hover:bg-hover"
              >
                <div className="flex items-center justify-between gap-3">
                  <div className="min-w-0">
                    <Link
                      href={`/account/accounts/${account.id}`}
                      className="block truncate font-semibold text-ink outline-none after:absolute after:inset-0"
                    >
                      {accountName(account)}
                    </Link>
                    <p className="figures truncate text-xs text-ink-faint">
                      {t(`kind.${account.kind}`)} · {account.masked}
                    </p>
                  </div>
                  <Badge tone={tone}>{t(`standing.${standing}`)}</Badge>
                </div>
                <AccountUse account={account} locale={locale} words={messages.account.accounts} />
              </li>
            )
          })}
        </ul>
      )}
    </>
  )
}

import { Landmark } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { AccountTabs } from '@/app/_glue/account-tabs'
import { runningGateway } from '@/app/_glue/gateway'
import { bankAccountName } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { removeBankAccount } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bank.saved')
  return { title: t('title') }
}

/** The bank accounts that the shopper has kept to pay from again, and the way to have them forgotten (M-192). */
export default async function BankAccountsPage() {
  const [person, gateway, locale, t, shared] = await Promise.all([
    requirePerson('/account/bank-accounts'),
    runningGateway(),
    getLocale(),
    getTranslations('bank.saved'),
    getTranslations('shared'),
  ])
  const accounts = await gateway.bankAccounts.list(person.id)
  const words = { close: shared('close'), cancel: shared('back'), confirm: t('remove'), unknown: t('unknown') }
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <AccountTabs current="bankAccounts" />
      {accounts.length === 0 ? (
        <EmptyState icon={Landmark} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {accounts.map((account) => {
            const name = bankAccountName(gateway, account, locale)
            return (
              <li
                key={account.id}
                className="flex flex-col items-start gap-3 rounded-xl bg-raised p-5 ring-1 ring-line"
              >
                <div className="min-w-0">
                  <p className="figures font-semibold text-ink">{name}</p>
                  <p className="text-sm text-ink-soft">{account.holder}</p>
                </div>
                <p className="text-sm text-ink-faint">{t('kept', { at: formatDateTime(account.consentAt, locale) })}</p>
                <DeedDialog
                  trigger={t('remove')}
                  triggerLook={{ kind: 'secondary', size: 'small' }}
                  title={t('remove')}
                  description={t('removeText', { account: name })}
                  isDangerous
                  words={words}
                  deed={removeBankAccount}
                >
                  <input type="hidden" name="account" value={account.id} />
                </DeedDialog>
              </li>
            )
          })}
        </ul>
      )}
    </>
  )
}

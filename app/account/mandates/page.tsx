import { Landmark } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { AccountTabs } from '@/app/_glue/account-tabs'
import { runningGateway } from '@/app/_glue/gateway'
import { debitName, shopName } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { revokeMandate } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('debit.mandates')
  return { title: t('title') }
}

/** Which shops the shopper has allowed to debit an account, and the way to end it. */
export default async function MandatesPage() {
  const [person, gateway, locale, t, shared] = await Promise.all([
    requirePerson('/account/mandates'),
    runningGateway(),
    getLocale(),
    getTranslations('debit.mandates'),
    getTranslations('shared'),
  ])
  const mandates = await gateway.mandates.ofShopper(person.id)
  const shops = new Map(
    await Promise.all(
      [...new Set(mandates.map(({ merchantId }) => merchantId))].map(async (id) => {
        const merchant = await gateway.merchants.get(id)
        return [id, merchant ? shopName(merchant, locale) : ''] as const
      }),
    ),
  )
  const words = { close: shared('close'), cancel: shared('back'), confirm: t('revoke'), unknown: t('unknown') }
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <AccountTabs current="mandates" />
      {mandates.length === 0 ? (
        <EmptyState icon={Landmark} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {mandates.map(({ merchantId, id, bank: code, lastFour, kind, state, signedAt }) => (
            <li key={id} className="flex flex-col gap-3 rounded-xl bg-raised p-5 ring-1 ring-line">
              <div className="flex items-start justify-between gap-3">
                <div className="min-w-0">
                  <p className="truncate font-semibold text-ink">{shops.get(merchantId)}</p>
                  <p className="figures text-sm text-ink-soft">{debitName(gateway, { code, lastFour }, locale)}</p>
                </div>
                <Badge tone={state === 'active' ? 'good' : 'neutral'}>{t(`state.${state}`)}</Badge>
              </div>
              <p className="text-sm text-ink-faint">
                {t(`kind.${kind}`)} · {t('signed', { at: formatDateTime(signedAt, locale) })}
              </p>
              {state === 'active' ? (
                <DeedDialog
                  trigger={t('revoke')}
                  triggerLook={{ kind: 'secondary', size: 'small' }}
                  title={t('revoke')}
                  description={t('revokeText', { shop: shops.get(merchantId) ?? '' })}
                  isDangerous
                  words={words}
                  deed={revokeMandate}
                >
                  <input type="hidden" name="mandate" value={id} />
                </DeedDialog>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

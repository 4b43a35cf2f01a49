import { MapPin, Plus, Star } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { runningGateway } from '@/app/_glue/gateway'
import { shopName } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { WalletTabs } from '@/app/_glue/wallet-tabs'
import { ConfirmDeed } from '@/components/account/confirm-deed'
import { formatDateTime } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { addressLines } from '@/lib/addresses/address'
import { publicId } from '@/lib/ids'
import { chooseDefault, removeAddress, revokeConsent } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('address')
  return { title: t('title') }
}

const CONSENTS = 50
const DONE = ['saved', 'removed', 'revoked'] as const

/** Addresses that a shopper keeps, and which shop may read which of them, with every reading. */
export default async function AddressesPage({ searchParams }: { searchParams: Promise<{ done?: string }> }) {
  const [{ done }, person, gateway, locale, t, shared] = await Promise.all([
    searchParams,
    requirePerson('/account/addresses'),
    runningGateway(),
    getLocale(),
    getTranslations('address'),
    getTranslations('shared'),
  ])
  const [addresses, given] = await Promise.all([
    gateway.addresses.list(person.id),
    gateway.addresses.givenBy(person.id, CONSENTS),
  ])
  const shops = new Map(
    await Promise.all(
      [...new Set(given.map(({ merchantId }) => merchantId))].map(async (id) => {
        const merchant = await gateway.merchants.get(id)
        return [id, merchant ? shopName(merchant, locale) : ''] as const
      }),
    ),
  )
  const said = DONE.find((one) => one === done)
  const add = (
    <ButtonLink href="/account/addresses/new" kind="primary">
      <Plus aria-hidden />
      {t('add')}
    </ButtonLink>
  )
  const words = { keep: shared('back'), close: shared('close') }
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={addresses.length > 0 ? add : null} />
      <WalletTabs current="addresses" />
      {said ? (
        <Notice tone="good" className="mb-5" live>
          {t(`done.${said}`)}
        </Notice>
      ) : null}
      {addresses.length === 0 ? (
        <EmptyState icon={MapPin} title={t('none')} action={add}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {addresses.map(({ id: uuid, address, isDefault }) => {
            const id = publicId('adr', uuid)
            return (
              <li key={id}>
                <Panel className="flex h-full flex-col gap-3">
                  <div className="flex items-start justify-between gap-3">
                    <Link href={`/account/addresses/${id}`} className="font-semibold text-ink hover:underline">
                      {address.label ?? address.recipient}
                    </Link>
                    {isDefault ? <Badge tone="accent">{t('default')}</Badge> : null}
                  </div>
                  <p className="text-sm text-ink-soft">
                    {address.label ? <span className="block">{address.recipient}</span> : null}
                    {addressLines(address).map((line) => (
                      <span key={line} className="block">
                        {line}
                      </span>
                    ))}
                    <span className="figures block text-ink-faint">{address.phone}</span>
                  </p>
                  <div className="mt-auto flex flex-wrap gap-2">
                    {isDefault ? null : (
                      <form action={chooseDefault.bind(null, id)}>
                        <SubmitButton size="small">
                          <Star aria-hidden />
                          {t('makeDefault')}
                        </SubmitButton>
                      </form>
                    )}
                    <ButtonLink href={`/account/addresses/${id}`} size="small">
                      {t('change')}
                    </ButtonLink>
                    <ConfirmDeed
                      trigger={
                        <Button size="small" kind="quiet">
                          {t('remove')}
                        </Button>
                      }
                      title={t('removeTitle')}
                      text={t('removeText')}
                      words={{ ...words, confirm: t('remove') }}
                      deed={removeAddress.bind(null, id)}
                    />
                  </div>
                </Panel>
              </li>
            )
          })}
        </ul>
      )}
      <Panel className="mt-6">
        <PanelHeader title={t('consents.title')} description={t('consents.text')} />
        {given.length === 0 ? <p className="text-sm text-ink-faint">{t('consents.none')}</p> : null}
        <ul className="divide-y divide-line">
          {given.map(({ merchantId, paymentId, address, consentAt, revokedAt, readings }) => {
            const id = publicId('pay', paymentId)
            return (
              <li key={id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
                <div className="min-w-0 text-sm">
                  <Link href={`/account/purchases/${id}`} className="font-medium text-ink hover:underline">
                    {shops.get(merchantId)}
                  </Link>
                  <p className="text-ink-soft">{[address.recipient, ...addressLines(address)].join(' · ')}</p>
                  <p className="text-ink-faint">{t('consents.since', { at: formatDateTime(consentAt, locale) })}</p>
                  <p className="mt-1 text-ink-soft">
                    {readings.length === 0
                      ? t('consents.unread')
                      : t('consents.read', {
                          count: readings.length,
                          at: readings.map(({ at }) => formatDateTime(at, locale)).join(', '),
                        })}
                  </p>
                </div>
                {revokedAt ? (
                  <Badge tone="neutral">{t('consents.revoked')}</Badge>
                ) : (
                  <ConfirmDeed
                    trigger={<Button size="small">{t('consents.revoke')}</Button>}
                    title={t('consents.revokeTitle')}
                    text={t('consents.revokeText')}
                    words={{ ...words, confirm: t('consents.revoke') }}
                    deed={revokeConsent.bind(null, id)}
                  />
                )}
              </li>
            )
          })}
        </ul>
      </Panel>
    </>
  )
}

import { Plus, Split, Store } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { isUuid } from '@/app/_glue/uuid'
import { VcardListRow } from '@/app/_glue/vcard-row'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.vcards')
  return { title: t('title') }
}

const PAGE = 20

interface Props {
  searchParams: Promise<{ before?: string }>
}

/** The shopper's V-Cards, the newest first. */
export default async function VcardsPage({ searchParams }: Props) {
  const { before } = await searchParams
  const [person, gateway, t, shared] = await Promise.all([
    requirePerson('/account/vcards'),
    runningGateway(),
    getTranslations('account.vcards'),
    getTranslations('shared'),
  ])
  const vcards = await gateway.vcards.list(person.id, {
    limit: PAGE,
    ...(before && isUuid(before) && { before }),
  })
  const last = vcards.length === PAGE ? vcards.at(-1) : undefined
  const create = (
    <ButtonLink href="/account/vcards/new" kind="primary">
      <Plus aria-hidden />
      {t('create')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <>
            {vcards.length > 0 ? <ExportLink href="/account/vcards/export">{shared('export')}</ExportLink> : null}
            <ButtonLink href="/account/vcards/shops">
              <Store aria-hidden />
              {t('grants')}
            </ButtonLink>
            {vcards.length > 0 ? create : null}
          </>
        }
      />
      {vcards.length === 0 ? (
        <EmptyState icon={Split} title={t('empty')} action={create}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {vcards.map((vcard) => (
            <VcardListRow key={vcard.id} vcard={vcard} />
          ))}
        </ul>
      )}
      <Pager label={t('more')} {...(last && { nextHref: `/account/vcards?before=${last.id}` })} />
    </>
  )
}

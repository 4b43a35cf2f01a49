import type { Metadata } from 'next'
import { Webhook } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { publicId, readPublicId } from '@/lib/ids'
import { MessageList } from '../../_parts/message-list'
import type { RawQuery } from '../../_parts/list-query'

const PAGE = 25
const HERE = '/merchant/developers/messages'
const STATES = ['due', 'failed', 'sent'] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.messages')
  return { title: t('title') }
}

/** Every webhook and mail with every try to deliver it, to be sent again where need be (P5.1). */
export default async function MessagesPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const asked = await searchParams
  const state = STATES.find((known) => known === asked['state'])
  const after = typeof asked['after'] === 'string' ? readPublicId('msg', asked['after']) : undefined
  const desk = await requireDesk('message.see', HERE)
  const { gateway, merchant } = desk
  const [t, found, endpoints] = await Promise.all([
    getTranslations('merchant'),
    gateway.messages.list(merchant.id, { limit: PAGE + 1, ...(state && { state }), ...(after && { after }) }),
    gateway.endpoints.list(merchant.id),
  ])
  const messages = found.slice(0, PAGE)
  const last = found.length > PAGE ? messages.at(-1) : undefined
  const next = last && new URLSearchParams({ ...(state && { state }), after: publicId('msg', last.id) })
  return (
    <>
      <PageHeader
        title={t('messages.title')}
        description={t('messages.text')}
        back={{ href: '/merchant/developers', label: t('developers.title') }}
      />
      <LinkTabs
        label={t('messages.states')}
        tabs={[undefined, ...STATES].map((one) => ({
          href: one ? `${HERE}?state=${one}` : HERE,
          label: t(one ? `messages.state.${one}` : 'tab.all'),
          current: one === state,
        }))}
      />
      {messages.length === 0 ? (
        <EmptyState icon={Webhook} title={t('messages.none')}>
          {t('messages.noneText')}
        </EmptyState>
      ) : (
        <MessageList
          desk={desk}
          messages={messages}
          linksPayments
          endpoints={new Map(endpoints.map((endpoint) => [publicId('we', endpoint.id), endpoint.url]))}
        />
      )}
      <Pager label={t('payments.older')} {...(next && { nextHref: `${HERE}?${next}` })} />
    </>
  )
}

import type { Metadata } from 'next'
import { Download, SearchX, Webhook } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { ButtonLink } from '@/components/ui/button-link'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { publicId } from '@/lib/ids'
import { MessageList } from '../../_parts/message-list'
import type { RawQuery } from '../../_parts/list-query'
import { filterOf, HERE, messagesAddress, readMessageQuery, states } from './_parts/message-query'

const PAGE = 25

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.messages')
  return { title: t('title') }
}

/** Every webhook and mail with every try to deliver it, to be sent again where need be (P5.1). */
export default async function MessagesPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = readMessageQuery(await searchParams)
  const filter = filterOf(query)
  const { after: _, ...kept } = query
  const desk = await requireDesk('message.see', HERE)
  const { gateway, merchant } = desk
  const [t, found, endpoints] = await Promise.all([
    getTranslations('merchant'),
    filter ? gateway.messages.list(merchant.id, { ...filter, limit: PAGE + 1 }) : [],
    gateway.endpoints.list(merchant.id),
  ])
  const messages = found.slice(0, PAGE)
  const last = found.length > PAGE ? messages.at(-1) : undefined
  return (
    <>
      <PageHeader
        title={t('messages.title')}
        description={t('messages.text')}
        back={{ href: '/merchant/developers', label: t('developers.title') }}
        actions={
          messages.length > 0 ? (
            <a href={messagesAddress(`${HERE}/export`, kept)} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('messages.export')}
            </a>
          ) : null
        }
      />
      <LinkTabs
        label={t('messages.states')}
        tabs={[undefined, ...states].map((one) => ({
          href: messagesAddress(HERE, { ...(one && { state: one }), ...(query.q && { q: query.q }) }),
          label: t(one ? `messages.state.${one}` : 'tab.all'),
          current: one === query.state,
        }))}
      />
      <div className="mb-4">
        <SearchField
          name="q"
          label={t('messages.search')}
          {...(query.q && { defaultValue: query.q })}
          keep={{ state: query.state }}
        />
      </div>
      {messages.length > 0 ? (
        <MessageList
          desk={desk}
          messages={messages}
          linksPayments
          endpoints={new Map(endpoints.map((endpoint) => [publicId('we', endpoint.id), endpoint.url]))}
        />
      ) : query.q ? (
        <EmptyState
          icon={SearchX}
          title={t('messages.notFound')}
          action={<ButtonLink href={HERE}>{t('messages.showAll')}</ButtonLink>}
        >
          {t('messages.notFoundText')}
        </EmptyState>
      ) : (
        <EmptyState icon={Webhook} title={t('messages.none')}>
          {t('messages.noneText')}
        </EmptyState>
      )}
      <Pager
        label={t('payments.older')}
        {...(last && { nextHref: messagesAddress(HERE, { ...kept, after: publicId('msg', last.id) }) })}
      />
    </>
  )
}

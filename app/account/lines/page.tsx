import { Phone, Plus, Smartphone } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { runningGateway } from '@/app/_glue/gateway'
import { lineMask, lineName, lineStates } from '@/app/_glue/phone-lines'
import { PhoneTabs } from '@/app/_glue/phone-tabs'
import { requirePerson } from '@/app/_glue/session'
import { LineUse } from '@/components/account/line-use'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.lines')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ done?: string }>
}

/** The shopper's lines and calling cards, each with this month's use. */
export default async function LinesPage({ searchParams }: Props) {
  const { done } = await searchParams
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson('/account/lines'),
    runningGateway(),
    getLocale(),
    getTranslations('account.lines'),
    getMessages(),
  ])
  const lines = await gateway.phoneBill.lines.list(person.id)
  const add = (
    <ButtonLink href="/account/lines/new" kind="primary">
      <Plus aria-hidden />
      {t('add')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={lines.length > 0 ? add : null} />
      <PhoneTabs current="lines" />
      {done === 'added' || done === 'removed' ? (
        <Notice tone="good" className="mb-5" live>
          {t(done)}
        </Notice>
      ) : null}
      {lines.length === 0 ? (
        <EmptyState icon={Smartphone} title={t('empty')} action={add}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2">
          {lines.map((line) => {
            const { state, tone } = lineStates(line)
            const Icon = line.kind === 'line' ? Smartphone : Phone
            return (
              <li
                key={line.id}
                className="relative flex flex-col gap-4 rounded-xl bg-raised p-5 ring-1 ring-line transition-colors focus-within:ring-2 focus-within:ring-accent hover:bg-hover"
              >
                <div className="flex items-center gap-3">
                  <span className="flex size-10 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent-strong">
                    <Icon className="size-5" aria-hidden />
                  </span>
                  <div className="min-w-0 flex-1">
                    <Link
                      href={`/account/lines/${line.id}`}
                      className="block truncate font-semibold text-ink outline-none after:absolute after:inset-0"
                    >
                      {lineName(gateway, line, locale)}
                    </Link>
                    <p className="figures truncate text-xs text-ink-faint">
                      {messages.phone.kind[line.kind]} · {lineMask(line)}
                    </p>
                  </div>
                  <Badge tone={tone}>{t(`state.${state}`)}</Badge>
                </div>
                {line.use.map((use) => (
                  <LineUse key={use.currency} use={use} locale={locale} words={messages.account.lines} />
                ))}
              </li>
            )
          })}
        </ul>
      )}
    </>
  )
}

import { Lock, LockOpen, Trash2 } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { lineMask, lineName, lineStates } from '@/app/_glue/phone-lines'
import { requirePerson } from '@/app/_glue/session'
import { isUuid } from '@/app/_glue/uuid'
import { ConfirmDeed } from '@/components/account/confirm-deed'
import { LineEditor } from '@/components/account/line-editor'
import { LineUse } from '@/components/account/line-use'
import { formatDate } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Fact, Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { changeLine, lockLine, removeLine, unlockLine } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.lines')
  return { title: t('title') }
}

interface Props {
  params: Promise<{ lineId: string }>
  searchParams: Promise<{ done?: string }>
}

/** One line: what it may still be charged, its lock, and the limits its holder sets. */
export default async function LinePage({ params, searchParams }: Props) {
  const [{ lineId }, { done }] = await Promise.all([params, searchParams])
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson(`/account/lines/${lineId}`),
    runningGateway(),
    getLocale(),
    getTranslations('account'),
    getMessages(),
  ])
  const line = isUuid(lineId) ? await gateway.phoneBill.lines.get(person.id, lineId) : undefined
  if (!line) notFound()
  const currency = line.use[0]?.currency ?? 'KRW'
  const own = (await gateway.phoneBill.lines.limits(person.id, line.id)).find((each) => each.currency === currency)
  const name = lineName(gateway, line, locale)
  const company = gateway.settings.TELCOS.find(({ code }) => code === line.system)?.name[locale] ?? line.system
  const { state, tone } = lineStates(line)
  const keep = { keep: messages.shared.cancel, close: messages.shared.close }
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {name}
            <Badge tone={tone}>{t(`lines.state.${state}`)}</Badge>
          </span>
        }
        back={{ href: '/account/lines', label: t('line.back') }}
        actions={
          <>
            {line.lockedAt ? (
              <form action={unlockLine.bind(null, line.id)}>
                <SubmitButton wide>
                  <LockOpen aria-hidden />
                  {t('line.unlock')}
                </SubmitButton>
              </form>
            ) : (
              <ConfirmDeed
                trigger={
                  <Button>
                    <Lock aria-hidden />
                    {t('line.lock')}
                  </Button>
                }
                title={t('line.lockTitle')}
                text={t('line.lockText')}
                words={{ confirm: t('line.lock'), ...keep }}
                deed={lockLine.bind(null, line.id)}
              />
            )}
            <ConfirmDeed
              trigger={
                <Button>
                  <Trash2 aria-hidden />
                  {t('line.remove')}
                </Button>
              }
              title={t('line.removeTitle', { name })}
              text={t('line.removeText')}
              words={{ confirm: t('line.remove'), ...keep }}
              deed={removeLine.bind(null, line.id)}
            />
          </>
        }
      />
      {done === 'locked' || done === 'unlocked' ? (
        <Notice tone="good" className="mb-5" live>
          {t(`lines.${done}`)}
        </Notice>
      ) : null}
      {state === 'open' ? null : (
        <Notice tone={state === 'locked' ? 'info' : 'warn'} className="mb-5">
          {t(`lines.stateText.${state}`)}
        </Notice>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Panel>
          <PanelHeader title={t('line.month')} />
          <div className="flex flex-col gap-4">
            {line.use.map((use) => (
              <LineUse key={use.currency} use={use} locale={locale} words={messages.account.lines} />
            ))}
          </div>
          <Facts className="mt-4">
            <Fact name={t('line.kind')}>{messages.phone.kind[line.kind]}</Fact>
            <Fact name={t('line.number')}>
              <span className="figures">{lineMask(line)}</span>
            </Fact>
            <Fact name={t('line.company')}>{company}</Fact>
            <Fact name={t('line.provenAt')}>{formatDate(line.provenAt, locale)}</Fact>
          </Facts>
          <ButtonLink href="/account/bills" className="mt-4">
            {t('line.bill')}
          </ButtonLink>
        </Panel>
        <Panel>
          <PanelHeader title={t('line.edit')} description={t('line.editText')} />
          <LineEditor
            line={{
              nickname: line.nickname,
              ...(own?.perPurchase !== undefined && { perPurchase: own.perPurchase }),
              ...(own?.perDay !== undefined && { perDay: own.perDay }),
              ...(own?.perMonth !== undefined && { perMonth: own.perMonth }),
            }}
            currency={currency}
            locale={locale}
            words={{
              line: messages.account.line,
              saved: t('lines.saved'),
              nickname: t('newLine.nickname'),
              nicknameHint: t('newLine.nicknameHint'),
            }}
            change={changeLine.bind(null, line.id)}
          />
        </Panel>
      </div>
    </>
  )
}

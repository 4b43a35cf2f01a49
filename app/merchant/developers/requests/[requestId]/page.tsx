import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { requireDesk } from '@/app/_glue/desk'
import { formatDuration } from '@/app/operator/_parts/figures'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { CopyButton } from '@/components/ui/copy-button'
import { Fact, Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { errorTable } from '@/lib/http/errors'
import { readPublicId } from '@/lib/ids'
import { callersOf } from '../_parts/callers'
import { exactTime, outcomeOf, outcomeTones } from '../_parts/outcome'
import { HERE, requestsAddress } from '../_parts/request-query'

interface Props {
  params: Promise<{ requestId: string }>
}

const PAYMENT = /\bpay_[0-9a-z]{26}\b/

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.requests.detail')
  return { title: t('title') }
}

/** One request: how it was answered, what its code means, and what else was asked beside it. */
export default async function RequestPage({ params }: Props) {
  const { requestId } = await params
  const desk = await requireDesk('api-log.see', HERE)
  const { gateway, merchant, locale } = desk
  const id = readPublicId('req', requestId)
  const request = id && (await gateway.operations.requests.find(merchant.id, id))
  if (!request) notFound()
  const [t, shared, callers] = await Promise.all([
    getTranslations('merchant.requests'),
    getTranslations('shared'),
    callersOf(desk),
  ])
  const { at, method, path, route, status, code, correlation, durationMs, callerId, remoteAddress } = request
  const caller = callerId ? callers.get(callerId) : undefined
  const outcome = outcomeOf(status)
  // The other interfaces have codes of their own, which their own standards explain.
  const ownCode = Object.keys(errorTable).find((known): known is keyof typeof errorTable => known === code)
  const [title, whatToDo] = ownCode ? errorTable[ownCode][locale] : []
  const payment = PAYMENT.exec(path)?.[0]
  return (
    <>
      <PageHeader
        title={
          <span className="font-mono text-lg break-all sm:text-xl">
            {method} {path}
          </span>
        }
        back={{ href: HERE, label: t('title') }}
        actions={payment ? <ButtonLink href={`/merchant/payments/${payment}`}>{t('detail.payment')}</ButtonLink> : null}
      />
      <div className="flex flex-col gap-5">
        {title ? (
          <Notice tone={outcome === 'failed' ? 'bad' : 'warn'} title={title}>
            {whatToDo}
          </Notice>
        ) : (
          <Notice tone={outcome === 'done' ? 'good' : outcome === 'failed' ? 'bad' : 'warn'}>
            {outcome === 'refused' ? t('tone.refused') : t(`detail.${outcome}`)}
          </Notice>
        )}
        <Panel>
          <Facts>
            <Fact name={t('at')}>
              <span className="figures">{exactTime(at, locale, gateway.settings.TIME_ZONE)}</span>
            </Fact>
            <Fact name={t('status')}>
              <Badge tone={outcomeTones[outcome]}>
                <span className="figures">{status}</span> {t(`tone.${outcome}`)}
              </Badge>
            </Fact>
            {code ? (
              <Fact name={t('code')}>
                {ownCode ? (
                  <Link className="font-mono text-xs text-accent underline" href={`/docs/errors#${ownCode}`}>
                    {ownCode}
                  </Link>
                ) : (
                  <span className="font-mono text-xs">{code}</span>
                )}
              </Fact>
            ) : null}
            <Fact name={t('took')}>
              <span className="figures">{formatDuration(durationMs, locale)}</span>
            </Fact>
            <Fact name={caller ? t(`callerKinds.${caller.kind}`) : t('caller')}>
              {caller?.name ?? t('unknownCaller')}
            </Fact>
            <Fact name={t('detail.route')}>
              <span className="font-mono text-xs break-all">{route}</span>
            </Fact>
            {remoteAddress ? (
              <Fact name={t('detail.address')}>
                <span className="font-mono text-xs">{remoteAddress}</span>
              </Fact>
            ) : null}
            <Fact name={t('detail.correlation')}>
              <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
                <span className="font-mono text-xs break-all">{correlation}</span>
                <CopyButton text={correlation} label={shared('copy')} done={shared('copied')} />
              </span>
            </Fact>
          </Facts>
        </Panel>
        <p className="text-sm text-ink-faint">{t('detail.notKept')}</p>
        <div className="flex flex-wrap gap-2">
          <ButtonLink href={requestsAddress(HERE, { q: correlation })}>{t('detail.same')}</ButtonLink>
          {payment ? (
            <ButtonLink href={requestsAddress(HERE, { q: payment })}>{t('detail.ofPayment')}</ButtonLink>
          ) : null}
        </div>
      </div>
    </>
  )
}

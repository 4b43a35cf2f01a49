import { Check, SearchX, ShieldCheck, X } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireDesk } from '@/app/_glue/desk'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { LinkTabs } from '@/components/ui/link-tabs'
import { MoneyText } from '@/components/ui/money'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel } from '@/components/ui/panel'
import { SearchField } from '@/components/ui/search-field'
import type { ApprovalState } from '@/lib/flows/approval-store'
import { publicId, readPublicId } from '@/lib/ids'
import { deedWords } from '../_parts/deed-words'
import { listAddress, type RawQuery } from '../_parts/list-query'
import { voteOnPayment } from './actions'

const HERE = '/merchant/approvals'
const PAGE = 25
const STATES = ['waiting', 'approved', 'refused', 'closed'] as const satisfies readonly ApprovalState[]
const TONES = { waiting: 'warn', approved: 'good', refused: 'bad', closed: 'neutral' } as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('flow.approvals')
  return { title: t('title') }
}

/** Payments that the shop's people have to agree to before anything is taken, and what became of them. */
export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = await searchParams
  const desk = await requireDesk('portal.see', HERE)
  const { gateway, merchant, locale, person } = desk
  const state = STATES.find((one) => one === query['tab']) ?? 'waiting'
  const search = typeof query['q'] === 'string' ? query['q'].normalize('NFC').trim().slice(0, 100) : ''
  const before = typeof query['before'] === 'string' ? readPublicId('pay', query['before']) : undefined
  const [t, found] = await Promise.all([
    getTranslations('flow.approvals'),
    gateway.approvals.list(merchant.id, { state, search, before, limit: PAGE + 1 }),
  ])
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  const filters = { tab: state, ...(search && { orderRef: search }) }
  const [yes, no] = await Promise.all([deedWords(t('approve')), deedWords(t('refuse'))])
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <LinkTabs
        label={t('state')}
        tabs={STATES.map((one) => ({
          href: listAddress(HERE, { ...filters, tab: one }),
          label: t(`states.${one}`),
          current: one === state,
        }))}
      />
      <div className="mb-4">
        <SearchField name="q" label={t('search')} keep={{ tab: state }} {...(search && { defaultValue: search })} />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={search ? SearchX : ShieldCheck}
          title={t(search ? 'notFound' : 'none')}
          action={
            search ? (
              <ButtonLink href={HERE}>{t('all')}</ButtonLink>
            ) : (
              <ButtonLink href="/merchant/flow">{t('toFlow')}</ButtonLink>
            )
          }
        >
          {search ? null : t('noneText')}
        </EmptyState>
      ) : (
        <ul className="flex flex-col gap-4">
          {shown.map((approval) => {
            const id = publicId('pay', approval.paymentId)
            const mine = approval.votes.some(({ personId }) => personId === person.id)
            const given = approval.votes.filter(({ verdict }) => verdict === 'approve').length
            return (
              <li key={id}>
                <Panel>
                  <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
                    <div className="min-w-0">
                      <Link href={`/merchant/payments/${id}`} className="font-semibold text-ink hover:underline">
                        {approval.orderName}
                      </Link>
                      <p className="text-sm text-ink-faint">
                        {approval.orderRef} · {formatDateTime(approval.askedAt, locale)}
                      </p>
                      <p className="mt-2 flex flex-wrap items-center gap-3">
                        <span className="text-lg font-semibold">
                          <MoneyText amount={approval.amount} currency={approval.currency} locale={locale} />
                        </span>
                        <Badge tone={TONES[approval.state]}>{t(`states.${approval.state}`)}</Badge>
                        <span className="text-sm text-ink-soft">{t('given', { given, needed: approval.needed })}</span>
                      </p>
                      {approval.votes.length > 0 ? (
                        <ul className="mt-3 flex flex-col gap-1 text-sm text-ink-soft">
                          {approval.votes.map(({ personId, personName, verdict, words }) => (
                            <li key={personId}>
                              {t(`said.${verdict}`, { name: personName })}
                              {words ? ` “${words}”` : null}
                            </li>
                          ))}
                        </ul>
                      ) : null}
                    </div>
                    {approval.state === 'waiting' && desk.may('payment.approve') ? (
                      mine ? (
                        <p className="text-sm text-ink-faint">{t('mine')}</p>
                      ) : (
                        <div className="flex flex-wrap gap-2">
                          <DeedDialog
                            icon={<Check aria-hidden />}
                            trigger={t('approve')}
                            triggerLook={{ kind: 'primary' }}
                            title={t('approveTitle', { order: approval.orderName })}
                            description={t('approveText')}
                            words={yes}
                            deed={voteOnPayment.bind(null, id, 'approve')}
                          >
                            <Field id={`yes-${id}`} label={t('words')} aside={t('optional')}>
                              <Input {...fieldControl(`yes-${id}`, {})} name="words" maxLength={200} />
                            </Field>
                          </DeedDialog>
                          <DeedDialog
                            icon={<X aria-hidden />}
                            trigger={t('refuse')}
                            title={t('refuseTitle', { order: approval.orderName })}
                            description={t('refuseText')}
                            words={no}
                            isDangerous
                            deed={voteOnPayment.bind(null, id, 'refuse')}
                          >
                            <Field id={`no-${id}`} label={t('words')}>
                              <Input {...fieldControl(`no-${id}`, {})} name="words" maxLength={200} required />
                            </Field>
                          </DeedDialog>
                        </div>
                      )
                    ) : null}
                  </div>
                </Panel>
              </li>
            )
          })}
        </ul>
      )}
      <Pager
        label={t('older')}
        {...(last && { nextHref: listAddress(HERE, { ...filters, before: publicId('pay', last.paymentId) }) })}
      />
    </>
  )
}

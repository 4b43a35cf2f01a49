import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { requireSystem } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Fact, Facts } from '@/components/ui/facts'
import { FaultOf } from '@/components/ui/faults'
import { Field } from '@/components/ui/field'
import { MoneyText } from '@/components/ui/money'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { TextArea } from '@/components/ui/text-area'
import { Timeline } from '@/components/ui/timeline'
import type { Person } from '@/lib/auth/person'
import type { Gateway } from '@/lib/gateway'
import { readPublicId } from '@/lib/ids'
import type { Difference } from '@/lib/reconciliation/difference'
import { moveDifference } from '../../actions'
import { differenceKind } from '../../_parts/difference-kind'
import { DetailFacts } from '../../_parts/detail-facts'
import { movementKind } from '../../_parts/movement-kind'
import { PaymentCell } from '../../_parts/payment-cell'
import { partner } from '../../_parts/partner'

const HERE = '/operator/settlement'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement.operator')
  return { title: t('differences') }
}

interface Props {
  readonly params: Promise<{ differenceId: string }>
  readonly searchParams: Promise<RawQuery>
}

/** One difference: both sides' totals, the payments it may come from, and what people have said of it. */
export default async function DifferencePage({ params, searchParams }: Props) {
  const [{ differenceId }, { after }] = await Promise.all([params, searchParams])
  const { gateway, locale, may, person } = await requireSystem('settlement.see', `${HERE}/differences/${differenceId}`)
  const { reconciliation } = gateway
  const id = readPublicId('dif', differenceId)
  const difference = id && (await reconciliation.find(id))
  if (!difference) notFound()
  const start = typeof after === 'string' && /^[0-9]{1,9}$/.test(after) ? Number(after) : 0
  const [t, steps, found] = await Promise.all([
    getTranslations('settlement'),
    reconciliation.steps(difference.id),
    reconciliation.lines(difference.id, { after: start, limit: PAGE + 1 }),
  ])
  const lines = found.slice(0, PAGE)
  const last = found.length > PAGE ? lines.at(-1) : undefined
  const money = (amount: bigint) => <MoneyText amount={amount} currency={difference.currency} locale={locale} />
  const explained = steps.findLast(({ state }) => state === 'explained')
  const deeds = [
    ...(difference.state === 'open' ? (['explained'] as const) : []),
    // Whoever has explained it does not close it.
    ...(difference.state === 'explained' && explained?.by.id !== person.id ? (['closed'] as const) : []),
  ]
  const waits = await whyItWaits(gateway, { person, difference, isOwn: explained?.by.id === person.id })
  const words = {
    explained: await deedWords(t('difference.explained.do')),
    closed: await deedWords(t('difference.closed.do')),
  }
  return (
    <>
      <PageHeader
        back={{ href: HERE, label: t('operator.title') }}
        title={`${partner(gateway, difference, locale)} · ${formatDateTime(difference.createdAt, locale)}`}
        description={t(`difference.kind.${differenceKind(difference.kind)}`)}
        actions={
          may('settlement.change') ? (
            <>
              {deeds.map((deed) => (
                <DeedDialog
                  key={deed}
                  trigger={t(`difference.${deed}.do`)}
                  title={t(`difference.${deed}.do`)}
                  description={t(`difference.${deed}.text`)}
                  words={words[deed]}
                  deed={moveDifference.bind(null, deed, differenceId)}
                >
                  <Field id={`words-${deed}`} label={t('difference.words')}>
                    <TextArea id={`words-${deed}`} name="words" required maxLength={500} rows={3} />
                    <FaultOf at="words" />
                  </Field>
                </DeedDialog>
              ))}
              {waits === 'own' || waits === 'own-alone' ? (
                <Button disabled aria-describedby="waits">
                  {t('difference.closed.do')}
                </Button>
              ) : null}
            </>
          ) : null
        }
      />
      {waits && may('settlement.change') ? (
        <div id="waits" className="mb-5">
          <Notice tone={waits === 'own' ? 'info' : 'warn'} title={t('difference.waits.title')}>
            {t(`difference.waits.${waits}`)}
          </Notice>
        </div>
      ) : null}
      <div className="mb-5 grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <Panel>
          <PanelHeader
            title={t('difference.totals')}
            actions={
              <Badge tone={difference.state === 'closed' ? 'good' : difference.state === 'open' ? 'bad' : 'warn'}>
                {t(`difference.state.${difference.state}`)}
              </Badge>
            }
          />
          <Facts>
            <Fact name={t('difference.ours')}>{money(difference.ours)}</Fact>
            <Fact name={t('difference.theirs')}>{money(difference.theirs ?? 0n)}</Fact>
            <Fact name={t('difference.gap')}>
              <strong>{money((difference.theirs ?? 0n) - difference.ours)}</strong>
            </Fact>
            <Fact name={t('difference.blocks')}>{difference.blocked}</Fact>
            <DetailFacts difference={difference} locale={locale} />
          </Facts>
        </Panel>
        <Panel>
          <PanelHeader title={t('history')} />
          {steps.length === 0 ? <p className="text-sm text-ink-soft">{t('difference.nobody')}</p> : null}
          <Timeline
            label={t('history')}
            entries={steps.map(({ number, state, words: said, by, at }) => ({
              id: String(number),
              title: `${t(`difference.state.${state}`)} · ${by.name}`,
              at: formatDateTime(at, locale),
              detail: said,
              tone: state === 'closed' ? 'good' : 'warn',
            }))}
          />
        </Panel>
      </div>
      <Panel>
        <PanelHeader title={t('difference.lines')} description={t('lines.count', { count: difference.lines })} />
        <Table aria-label={t('difference.lines')}>
          <thead>
            <tr>
              <TableHead>{t('operator.shop')}</TableHead>
              <TableHead>{t('lines.payment')}</TableHead>
              <TableHead>{t('lines.kind')}</TableHead>
              <TableHead className="text-right">{t('amount')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <TableRow key={line.number}>
                <TableCell>{line.merchantName ?? ''}</TableCell>
                <TableCell>
                  <PaymentCell {...line} />
                </TableCell>
                <TableCell>
                  {line.what === 'completion' || line.what === 'refund'
                    ? t(`difference.moved.${line.what}`)
                    : t(`statements.kind.${movementKind(line.what)}`)}
                </TableCell>
                <FigureCell>{money(line.amount)}</FigureCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
        <Pager
          label={t('more')}
          {...(last && { nextHref: `${HERE}/differences/${differenceId}?after=${last.number}` })}
        />
      </Panel>
    </>
  )
}

/** Why nobody here can close it now: this person has explained it, or there is nobody else who could. */
async function whyItWaits(
  { people }: Pick<Gateway, 'people'>,
  { person, difference, isOwn }: { person: Person; difference: Difference; isOwn: boolean },
): Promise<'own' | 'own-alone' | 'alone' | undefined> {
  if (difference.state === 'closed') return undefined
  const others = (await people.systemMembers()).filter(
    (each) => each.role === 'operator' && each.person.id !== person.id,
  )
  if (difference.state === 'explained' && isOwn) return others.length === 0 ? 'own-alone' : 'own'
  return difference.state === 'open' && others.length === 0 ? 'alone' : undefined
}

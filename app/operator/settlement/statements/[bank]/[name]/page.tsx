import type { Metadata } from 'next'
import { Download, FileText } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import Link from 'next/link'
import { requireSystem } from '@/app/_glue/system'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { formatDateTime } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { Fact, Facts } from '@/components/ui/facts'
import { LinkTabs } from '@/components/ui/link-tabs'
import { MoneyText } from '@/components/ui/money'
import { Original } from '@/components/ui/original'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import { debtorsOf } from '@/lib/receivables/debtor'
import type { LineState } from '@/lib/statements/statement'
import { partner } from '../../../_parts/partner'
import { movementKind } from '../../../_parts/movement-kind'
import { PaymentCell } from '../../../_parts/payment-cell'
import { StatementBadge } from '../../../_parts/statement-badge'

const LIST = '/operator/settlement/statements'
const PAGE = 50
const STATES = [undefined, 'matched', 'listed', 'open'] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement.statements')
  return { title: t('statement') }
}

interface Props {
  readonly params: Promise<{ bank: string; name: string }>
  readonly searchParams: Promise<RawQuery>
}

/** One statement of a bank: what it begins and ends with, and which movement of our books each line is. */
export default async function StatementPage({ params, searchParams }: Props) {
  const [raw, { state: wanted, after }] = await Promise.all([params, searchParams])
  const place = { bank: decodeURIComponent(raw.bank), name: decodeURIComponent(raw.name) }
  const here = `${LIST}/${encodeURIComponent(place.bank)}/${encodeURIComponent(place.name)}`
  const { gateway, locale } = await requireSystem('settlement.see', here)
  const statement = await gateway.statements.find(place)
  if (!statement) notFound()
  const state: LineState | undefined = STATES.find((one) => one !== undefined && one === wanted)
  const start = typeof after === 'string' && /^[0-9]{1,9}$/.test(after) ? Number(after) : 0
  const [t, codes, found] = await Promise.all([
    getTranslations('settlement'),
    getTranslations('codes'),
    gateway.statements.lines(place, { state, after: start, limit: PAGE + 1 }),
  ])
  const lines = found.slice(0, PAGE)
  const last = found.length > PAGE ? lines.at(-1) : undefined
  const debtors = debtorsOf(gateway.settings)
  const debtorName = (account?: string) => debtors.find((each) => each.account === account)?.name[locale]
  const money = (amount: bigint) => <MoneyText amount={amount} currency={statement.currency} locale={locale} />
  return (
    <>
      <PageHeader
        back={{ href: LIST, label: t('statements.title') }}
        title={`${partner(gateway, { link: 'bank', system: statement.bank }, locale)} ${statement.day ?? ''}`}
        description={statement.name}
        actions={
          <a href={`${here}/export`} download className={buttonLook({})}>
            <Download aria-hidden />
            {t('export')}
          </a>
        }
      />
      <Panel className="mb-5">
        <PanelHeader title={t('sums')} actions={<StatementBadge state={statement.state} listed={statement.listed} />} />
        {statement.reason === undefined ? null : (
          <div className="mb-3 text-sm">
            <p className="text-bad">{codes('file.statement')}</p>
            <Original label={codes('original')}>{statement.reason}</Original>
          </div>
        )}
        <Facts>
          {statement.sequence === undefined ? null : (
            <Fact name={t('statements.sequence')}>{String(statement.sequence)}</Fact>
          )}
          <Fact name={t('statements.opening')}>{money(statement.opening)}</Fact>
          <Fact name={t('statements.closing')}>{money(statement.closing)}</Fact>
          <Fact name={t('statements.matched')}>
            {statement.matched} / {statement.lines}
          </Fact>
          <Fact name={t('statements.listed')}>{statement.listed}</Fact>
          <Fact name={t('statements.seenAt')}>{formatDateTime(statement.seenAt, locale)}</Fact>
        </Facts>
      </Panel>
      <Panel>
        <LinkTabs
          label={t('stands')}
          tabs={STATES.map((one) => ({
            href: one ? `${here}?state=${one}` : here,
            label: one ? t(`statements.line.${one}`) : t('all'),
            current: one === state,
          }))}
        />
        {lines.length === 0 ? (
          <EmptyState icon={FileText} title={t('statements.noLines')}>
            {t('statements.noLinesText')}
          </EmptyState>
        ) : (
          <Table aria-label={t('lines.title')}>
            <thead>
              <tr>
                <TableHead>{t('statements.movement')}</TableHead>
                <TableHead>{t('stands')}</TableHead>
                <TableHead>{t('statements.reference')}</TableHead>
                <TableHead className="text-right">{t('statements.amount')}</TableHead>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <TableRow key={line.line}>
                  <TableCell>
                    <span className="font-medium">{t(`statements.kind.${movementKind(line.what)}`)}</span>
                    <span className="block text-xs text-ink-faint">
                      {[line.bookedOn, line.merchantName ?? debtorName(line.debtor), line.about]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </TableCell>
                  <TableCell>
                    {line.differenceId === undefined || line.state === 'matched' ? (
                      <Badge tone={line.state === 'matched' ? 'good' : 'info'}>
                        {t(`statements.line.${line.state}`)}
                      </Badge>
                    ) : (
                      <Link
                        href={`/operator/settlement/differences/${publicId('dif', line.differenceId)}`}
                        className="hover:underline"
                      >
                        <Badge tone="warn">{t('statements.line.listed')}</Badge>
                      </Link>
                    )}
                  </TableCell>
                  <TableCell>
                    <PaymentCell {...line} reference={line.endToEnd || line.bankRef} />
                  </TableCell>
                  <FigureCell>
                    {money(line.amount)}
                    {line.fee ? (
                      <span className="block text-xs text-ink-faint">
                        {t('statements.fee')} {money(line.fee)}
                      </span>
                    ) : null}
                  </FigureCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        )}
        <Pager
          label={t('more')}
          {...(last && { nextHref: `${here}?${state ? `state=${state}&` : ''}after=${last.line}` })}
        />
      </Panel>
    </>
  )
}

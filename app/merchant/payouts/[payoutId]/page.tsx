import type { Metadata } from 'next'
import { Download, FileText } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import Link from 'next/link'
import { bankReason, codeWords } from '@/app/_glue/code-words'
import { requireDesk } from '@/app/_glue/desk'
import { shopName } from '@/app/_glue/names'
import { formatDateTime } from '@/components/i18n/format'
import { buttonLook } from '@/components/ui/button-look'
import { Coded } from '@/components/ui/coded'
import { Fact, Facts } from '@/components/ui/facts'
import { MoneyText } from '@/components/ui/money'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { PrintButton } from '@/components/ui/print-button'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { Timeline } from '@/components/ui/timeline'
import { publicId, readPublicId } from '@/lib/ids'
import { sumsOf } from '@/lib/settlement/payout'
import { isUuid } from '@/app/_glue/uuid'
import type { RawQuery } from '../../_parts/list-query'
import { PayoutBadge } from '../_parts/payout-badge'
import { lineKind } from '../_parts/line-kind'

const HERE = '/merchant/payouts'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement')
  return { title: t('statement') }
}

interface Props {
  readonly params: Promise<{ payoutId: string }>
  readonly searchParams: Promise<RawQuery>
}

/** One payout as a statement that can be printed: how its amount came about, line by line, and what became of it. */
export default async function PayoutPage({ params, searchParams }: Props) {
  const [{ payoutId }, { after }] = await Promise.all([params, searchParams])
  const desk = await requireDesk('payout.see', `${HERE}/${payoutId}`)
  const { gateway, merchant, locale } = desk
  const { settlement } = gateway
  const id = readPublicId('po', payoutId)
  const payout = id && (await settlement.find(merchant.id, id))
  if (!payout) notFound()
  const [t, words, bookedOn, steps, accounts, found] = await Promise.all([
    getTranslations('settlement'),
    codeWords(),
    gateway.statements.payoutBookedOn(payout.id),
    settlement.steps(payout),
    settlement.accounts(merchant.id),
    settlement.lines(payout, {
      after: typeof after === 'string' && isUuid(after) ? after : undefined,
      limit: PAGE + 1,
    }),
  ])
  const lines = found.slice(0, PAGE)
  const last = found.length > PAGE ? lines.at(-1) : undefined
  const account = accounts.find((one) => one.id === payout.accountId)
  const { sold, refunded, fees, other } = sumsOf(payout)
  const money = (amount: bigint) => <MoneyText amount={amount} currency={payout.currency} locale={locale} />
  const sums = [
    ...([
      ['sold', sold],
      ['refunded', refunded],
      ['fees', fees],
      ['other', other],
    ] as const),
    ...([
      ['carriedIn', payout.carriedIn],
      ['reserved', -payout.reserved],
      ['released', payout.released],
    ] as const),
  ]
  return (
    <>
      <PageHeader
        back={{ href: HERE, label: t('title') }}
        title={t('payoutOf', { day: payout.day })}
        description={`${shopName(merchant, locale)} · ${payoutId}`}
        actions={
          <>
            <a href={`${HERE}/${payoutId}/export`} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('lines.export')}
            </a>
            <a href={`${HERE}/${payoutId}/pdf`} download className={buttonLook({})}>
              <FileText aria-hidden />
              {t('pdf')}
            </a>
            <PrintButton label={t('print')} />
          </>
        }
      />
      <div className="mb-5 grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <Panel>
          <PanelHeader title={t('sums')} actions={<PayoutBadge state={payout.state} />} />
          <Facts>
            {sums.map(([name, amount]) => (
              <Fact key={name} name={t(name)}>
                {money(amount)}
              </Fact>
            ))}
            <Fact name={t('net')}>{money(payout.net)}</Fact>
            <Fact name={t('amount')}>
              <strong>{money(payout.amount)}</strong>
            </Fact>
            <Fact name={t('until')}>{formatDateTime(payout.until, locale)}</Fact>
            {bookedOn === undefined ? null : <Fact name={t('bookedOn')}>{bookedOn}</Fact>}
            {account ? (
              <Fact name={t('account.title')}>
                {account.holder} · {account.bank} ····{account.lastFour}
              </Fact>
            ) : null}
          </Facts>
        </Panel>
        <Panel>
          <PanelHeader title={t('history')} />
          <Timeline
            label={t('history')}
            entries={steps.map(({ number, state, detail, at }) => ({
              id: String(number),
              title: t(`step.${state}`),
              at: formatDateTime(at, locale),
              detail:
                state === payout.state && payout.reason ? (
                  <Coded
                    words={t('because', { reason: words('payout', payout.reason) ?? bankReason(words, payout.reason) })}
                    code={payout.reason}
                  />
                ) : (
                  (detail?.['file'] ?? null)
                ),
              tone: state === 'paid' ? 'good' : state === 'rejected' ? 'bad' : 'neutral',
            }))}
          />
        </Panel>
      </div>
      <Panel>
        <PanelHeader title={t('lines.title')} description={t('lines.count', { count: payout.lines })} />
        <Table aria-label={t('lines.title')}>
          <thead>
            <tr>
              <TableHead>{t('lines.at')}</TableHead>
              <TableHead>{t('lines.kind')}</TableHead>
              <TableHead>{t('lines.order')}</TableHead>
              <TableHead className="text-right">{t('amount')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <TableRow key={line.postingId}>
                <TableCell className="figures whitespace-nowrap text-ink-soft">
                  {formatDateTime(line.at, locale)}
                </TableCell>
                <TableCell className="whitespace-nowrap">{t(`kind.${lineKind(line.kind)}`)}</TableCell>
                <TableCell className="max-w-64 min-w-36">
                  {line.paymentId ? (
                    <Link
                      href={`/merchant/payments/${publicId('pay', line.paymentId)}`}
                      className="block truncate hover:underline"
                    >
                      {line.orderName ?? publicId('pay', line.paymentId)}
                    </Link>
                  ) : null}
                </TableCell>
                <FigureCell>{money(line.amount)}</FigureCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
        <Pager label={t('more')} {...(last && { nextHref: `${HERE}/${payoutId}?after=${last.postingId}` })} />
      </Panel>
    </>
  )
}

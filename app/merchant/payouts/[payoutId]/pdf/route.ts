import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { shopName } from '@/app/_glue/names'
import { formatDate, formatDateTime, formatMoney } from '@/components/i18n/format'
import { readPublicId } from '@/lib/ids'
import { type Payout, sumsOf } from '@/lib/settlement/payout'
import { lineKind } from '../../_parts/line-kind'
import { pdfAnswer } from '@/app/_glue/pdf-answer'

/** More than anybody leafs through; the whole is in the CSV file. */
const MOST_LINES = 1_000

/** The statement of one payout as a PDF, in the reader's language. */
export async function GET(_request: Request, { params }: { params: Promise<{ payoutId: string }> }): Promise<Response> {
  const { payoutId } = await params
  const desk = await requireDesk('payout.see', `/merchant/payouts/${payoutId}`)
  const { gateway, merchant, locale } = desk
  const { settlement, statements, clock } = gateway
  const id = readPublicId('po', payoutId)
  const payout = id && (await settlement.find(merchant.id, id))
  if (!payout) notFound()
  const [t, accounts, lines, bookedOn] = await Promise.all([
    getTranslations('settlement'),
    settlement.accounts(merchant.id),
    settlement.lines(payout, { limit: MOST_LINES }),
    statements.payoutBookedOn(payout.id),
  ])
  await noteDeed(desk, { action: 'payout.see', object: `${payoutId}.pdf`, outcome: 'done' })
  const money = (amount: bigint) => formatMoney(amount, payout.currency, locale)
  const account = accounts.find((one) => one.id === payout.accountId)
  return pdfAnswer(`${payoutId}.pdf`, {
    ...{ locale, title: t('statement'), subtitle: payout.day, shop: shopName(merchant, locale) },
    issued: t('paper.issued', { at: formatDateTime(clock.now(), locale) }),
    main: { label: t('amount'), amount: money(payout.amount) },
    facts: [
      [t('stands'), t(`state.${payout.state}`)],
      [t('until'), formatDateTime(payout.until, locale)],
      ...(account
        ? ([[t('account.title'), `${account.holder} · ${account.bank} ····${account.lastFour}`]] as const)
        : []),
      ...(bookedOn === undefined ? [] : ([[t('bookedOn'), bookedOn]] as const)),
      [t('id'), payoutId],
    ],
    tables: [
      {
        title: t('paper.parts'),
        columns: [
          { name: t('lines.kind'), share: 3 },
          { name: t('statements.amount'), share: 1, isFigure: true },
        ],
        rows: sumRows(payout).map(([name, amount]) => [t(name), money(amount)]),
        total: [t('net'), money(payout.net)],
      },
      {
        title: t('lines.title'),
        ...(payout.lines > lines.length && { note: t('paper.first', { count: lines.length }) }),
        columns: [
          { name: t('lines.at'), share: 2.2 },
          { name: t('lines.kind'), share: 1.6 },
          { name: t('lines.orderRef'), share: 2.2 },
          { name: t('lines.order'), share: 3 },
          { name: t('statements.amount'), share: 1.8, isFigure: true },
        ],
        rows: lines.map((line) => [
          ...[formatDate(line.at, locale), t(`kind.${lineKind(line.kind)}`), line.orderRef ?? ''],
          ...[line.orderName ?? '', money(line.amount)],
        ]),
      },
    ],
    note: t('paper.note'),
  })
}

function sumRows(payout: Payout) {
  const { sold, refunded, fees, other } = sumsOf(payout)
  return [
    ...([['sold', sold] as const, ['refunded', refunded] as const] as const),
    ...([['fees', fees] as const, ['other', other] as const] as const),
    ['carriedIn', payout.carriedIn] as const,
    ['reserved', -payout.reserved] as const,
    ['released', payout.released] as const,
  ]
}

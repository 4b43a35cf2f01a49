import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { accountName, requireOwnAccount } from '@/app/_glue/own-accounts'
import { pdfAnswer } from '@/app/_glue/pdf-answer'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { MOVEMENT_KINDS, monthName, statementOf } from '../statement'

interface Context {
  params: Promise<{ accountId: string; month: string }>
}

/** A month of an account as a PDF in the reader's language. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { accountId, month } = await params
  const { gateway, account } = await requireOwnAccount(accountId)
  const statement = await statementOf(gateway, account.id, month)
  if (!statement) notFound()
  const [locale, t, paper, zone] = await Promise.all([
    getLocale(),
    getTranslations('account.accounts'),
    getTranslations('shared.receipt'),
    getTranslations('shared'),
  ])
  const money = (amount: bigint) => formatMoney(amount, statement.currency, locale)
  return pdfAnswer(`statement-${month}.pdf`, {
    locale,
    title: t('statement'),
    subtitle: monthName(month, locale),
    shop: `${accountName(account)} · ${account.masked}`,
    issued: paper('issued', { at: formatDateTime(gateway.clock.now(), locale) }),
    main: { label: t('closing'), amount: money(statement.closing) },
    facts: [
      [t('opening'), money(statement.opening)],
      ...MOVEMENT_KINDS.filter((kind) => statement.totals[kind] > 0n).map(
        (kind) => [t(`movement.${kind}`), money(statement.totals[kind])] as const,
      ),
    ],
    tables: [
      {
        title: t('history'),
        ...(statement.more && { note: t('statementMore') }),
        columns: [
          { name: t('at'), share: 2.2 },
          { name: t('movementKind'), share: 1.2 },
          { name: t('what'), share: 3.4 },
          { name: t('amount'), share: 1.6, isFigure: true },
          { name: t('balance'), share: 1.6, isFigure: true },
        ],
        rows: statement.movements.map(({ kind, amount, balanceAfter, description, shop, at }) => [
          ...[formatDateTime(at, locale), t(`movement.${kind}`), [description, shop].filter(Boolean).join(' · ')],
          ...[`${kind === 'charge' ? '−' : '+'}${money(amount)}`, money(balanceAfter)],
        ]),
      },
    ],
    note: t('zone', { zone: zone('timeZone') }),
  })
}

import { Undo2 } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireDesk } from '@/app/_glue/desk'
import { formatDate, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId, readPublicId } from '@/lib/ids'
import { deedWords } from '../../_parts/deed-words'
import type { RawQuery } from '../../_parts/list-query'
import { UnpaidTabs } from '../_parts/unpaid-tabs'
import { returnCredit } from '../actions'

const HERE = '/merchant/unpaid/credits'
const PAGE = 25

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.unpaid.back')
  return { title: t('title') }
}

/** Money that came by giro and is its payer's: too much, twice, or for an order that had ended. */
export default async function CreditsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { before: asked } = await searchParams
  const desk = await requireDesk('unpaid.see', HERE)
  const { gateway, merchant, locale } = desk
  const before = typeof asked === 'string' ? readPublicId('gcr', asked) : undefined
  const [t, found] = await Promise.all([
    getTranslations('merchant.unpaid.back'),
    gateway.giro.credits(merchant.id, { list: 'owed', limit: PAGE + 1, ...(before && { before }) }),
  ])
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  const words = await deedWords(t('confirm'))
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <UnpaidTabs current="credits" />
      {shown.length === 0 ? (
        <EmptyState icon={Undo2} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('payer')}</TableHead>
              <TableHead>{t('why')}</TableHead>
              <TableHead>{t('on')}</TableHead>
              <TableHead className="text-right">{t('amount')}</TableHead>
              <TableHead />
            </tr>
          </thead>
          <tbody>
            {shown.map((credit) => {
              const amount = formatMoney(credit.owed, credit.amount.currency, locale)
              const id = publicId('gcr', credit.id)
              return (
                <TableRow key={id}>
                  <TableCell className="min-w-32">
                    <span className="block font-medium">{credit.payerName}</span>
                    <span className="figures block text-xs text-ink-faint">
                      •••• {credit.payerAccount} · {credit.bankRef}
                    </span>
                  </TableCell>
                  <TableCell>
                    {credit.paymentId ? (
                      <Link
                        className="hover:underline"
                        href={`/merchant/payments/${publicId('pay', credit.paymentId)}`}
                      >
                        {t(`finding.${credit.finding}`)}
                      </Link>
                    ) : (
                      t(`finding.${credit.finding}`)
                    )}
                  </TableCell>
                  <TableCell className="figures whitespace-nowrap text-ink-soft">
                    {formatDate(new Date(`${credit.bookedOn}T12:00:00Z`), locale)}
                  </TableCell>
                  <FigureCell className="font-semibold">{amount}</FigureCell>
                  <TableCell className="text-right">
                    {desk.may('giro.return') ? (
                      <DeedDialog
                        trigger={t('return')}
                        triggerLook={{ size: 'small' }}
                        title={t('returnTitle', { amount })}
                        description={t('returnText', { payer: credit.payerName })}
                        words={words}
                        deed={returnCredit.bind(null, id)}
                      >
                        <Field id={`${id}-named`} label={t('named')}>
                          <Input
                            {...fieldControl(`${id}-named`, {})}
                            name="named"
                            required
                            maxLength={60}
                            autoComplete="off"
                          />
                        </Field>
                      </DeedDialog>
                    ) : null}
                  </TableCell>
                </TableRow>
              )
            })}
          </tbody>
        </Table>
      )}
      <Pager label={t('older')} {...(last && { nextHref: `${HERE}?before=${publicId('gcr', last.id)}` })} />
    </>
  )
}

import type { Metadata } from 'next'
import { Landmark } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireSystem } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { listHref, type ListQuery } from '@/app/operator/people/_parts/list-query'
import { formatPercent } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { MoneyText } from '@/components/ui/money'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { SearchField } from '@/components/ui/search-field'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import { plainTerms } from '@/lib/settlement/terms'
import { payNow } from '../actions'
import { SettlementTabs } from '../_parts/settlement-tabs'
import { TermsDialog } from '../_parts/terms-dialog'
import { readTermsQuery, TERMS, writeMark } from '../_parts/terms-query'

const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement.operator')
  return { title: t('tab.terms') }
}

/** When each shop is paid out, what it costs and what is kept back; and a payout at once. */
export default async function TermsPage({ searchParams }: { searchParams: Promise<ListQuery & { without?: string }> }) {
  const { text, after, beforeShop } = readTermsQuery(await searchParams)
  const desk = await requireSystem('settlement.see', TERMS)
  const { gateway, locale, may } = desk
  const [t, foundTerms, foundShops] = await Promise.all([
    getTranslations('settlement'),
    gateway.settlement.listTerms({ text, after, limit: PAGE + 1 }),
    gateway.settlement.listWithoutTerms({ text, before: beforeShop, limit: PAGE + 1 }),
  ])
  const words = await deedWords(t('operator.payNow'))
  const [terms, without] = [foundTerms.slice(0, PAGE), foundShops.slice(0, PAGE)]
  const lastTerms = foundTerms.length > PAGE ? terms.at(-1) : undefined
  const lastShop = foundShops.length > PAGE ? without.at(-1) : undefined
  return (
    <>
      <PageHeader
        title={t('operator.tab.terms')}
        description={t('operator.termsText')}
        actions={
          terms.length > 0 ? (
            <ExportLink href={listHref(`${TERMS}/export`, { q: text })}>{t('export')}</ExportLink>
          ) : null
        }
      />
      <SettlementTabs current="terms" />
      <div className="mb-4">
        <SearchField name="q" label={t('operator.search')} {...(text && { defaultValue: text })} keep={{}} />
      </div>
      <Panel className="mb-5">
        {terms.length === 0 ? (
          <EmptyState icon={Landmark} title={t(text ? 'operator.noTermsFound' : 'operator.noTerms')}>
            {t(text ? 'operator.noTermsFoundText' : 'operator.noTermsText')}
          </EmptyState>
        ) : (
          <Table aria-label={t('operator.tab.terms')}>
            <thead>
              <tr>
                <TableHead>{t('operator.shop')}</TableHead>
                <TableHead>{t('operator.when')}</TableHead>
                <TableHead className="text-right">{t('fees')}</TableHead>
                <TableHead className="text-right">{t('outlook.reserved')}</TableHead>
                <TableHead className="text-right">{t('carriedIn')}</TableHead>
                <TableHead>
                  <span className="sr-only">{t('operator.change')}</span>
                </TableHead>
              </tr>
            </thead>
            <tbody>
              {terms.map((one) => (
                <TableRow key={`${one.merchantId} ${one.currency}`}>
                  <TableCell className="font-medium">
                    <Link
                      href={`/operator/settlement/terms/${publicId('mer', one.merchantId)}`}
                      className="hover:underline"
                    >
                      {locale === 'en' ? one.nameEn || one.name : one.name} · {one.currency}
                    </Link>
                  </TableCell>
                  <TableCell className="min-w-48 text-ink-soft">
                    {t(`schedule.${one.schedule.every}`, {
                      currency: one.currency,
                      day: one.schedule.every === 'day' ? 0 : one.schedule.day,
                      delay: one.delayDays,
                    })}
                  </TableCell>
                  <FigureCell>
                    {formatPercent(one.feeBps / 10_000, locale, 2)} +{' '}
                    <MoneyText amount={one.feeFixed} currency={one.currency} locale={locale} />
                  </FigureCell>
                  <FigureCell>{formatPercent(one.reserveBps / 10_000, locale, 2)}</FigureCell>
                  <FigureCell>
                    <MoneyText amount={one.carried} currency={one.currency} locale={locale} />
                  </FigureCell>
                  <TableCell>
                    {may('settlement.change') ? (
                      <div className="flex justify-end gap-2">
                        <TermsDialog desk={desk} terms={one} shop={one.name} />
                        <DeedDialog
                          trigger={t('operator.payNow')}
                          triggerLook={{ kind: 'quiet', size: 'small' }}
                          title={t('operator.payNow')}
                          description={t('operator.payNowText')}
                          words={words}
                          deed={payNow.bind(null, publicId('mer', one.merchantId), one.currency)}
                        />
                      </div>
                    ) : null}
                  </TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        )}
        <Pager
          label={t('more')}
          {...(lastTerms && { nextHref: listHref(TERMS, { q: text, before: writeMark(lastTerms) }) })}
        />
      </Panel>
      {may('settlement.change') && without.length > 0 ? (
        <Panel>
          <PanelHeader title={t('operator.without')} description={t('operator.withoutText')} />
          <ul className="divide-y divide-line">
            {without.map((shop) => (
              <li key={shop.id} className="flex items-center justify-between gap-3 py-2.5 text-sm">
                <span className="font-medium">{locale === 'en' ? shop.nameEn || shop.name : shop.name}</span>
                <TermsDialog
                  desk={desk}
                  terms={plainTerms(shop.id, shop.currencies[0] ?? 'KRW', gateway.settings.TIME_ZONE)}
                  shop={shop.name}
                />
              </li>
            ))}
          </ul>
          <Pager
            label={t('more')}
            {...(lastShop && { nextHref: listHref(TERMS, { q: text, without: publicId('mer', lastShop.id) }) })}
          />
        </Panel>
      ) : null}
    </>
  )
}

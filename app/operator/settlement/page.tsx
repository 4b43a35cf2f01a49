import type { Metadata } from 'next'
import { Scale } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { ListSort } from '@/app/_glue/list-sort'
import { requireSystem } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { MoneyText } from '@/components/ui/money'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import { onePage } from '../_parts/one-page'
import { listHref } from '../people/_parts/list-query'
import { decideAccount, reconcileNow } from './actions'
import { CutOversPanel } from './_parts/cut-overs-panel'
import { differenceKind } from './_parts/difference-kind'
import { OwedPanel } from './_parts/owed-panel'
import { partner } from './_parts/partner'
import { placeHref, readPlace, SETTLEMENT, STATES } from './_parts/settlement-query'
import { SettlementTabs } from './_parts/settlement-tabs'

const PAGE = 25
/** Of the lists beside the differences. */
const FEW = 10

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement.operator')
  return { title: t('title') }
}

/** What does not agree with the books of others, what waits for a second person, and the files to the bank. */
export default async function SettlementPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const place = readPlace(await searchParams)
  const { state, order } = place
  const { gateway, locale, may } = await requireSystem('settlement.see', SETTLEMENT)
  const { reconciliation, settlement, receivables, settings } = gateway
  const nameOf = (system: string) => settings.ISSUERS.find(({ code }) => code === system)?.name[locale] ?? system
  const [t, shared, found, foundAccounts, foundFiles, foundCutOvers, owed] = await Promise.all([
    getTranslations('settlement'),
    getTranslations('shared'),
    reconciliation.differences({ state, order, before: place.difference, limit: PAGE + 1 }),
    settlement.proposedAccounts(FEW + 1, place.account),
    settlement.files(FEW + 1, place.file),
    reconciliation.cutOvers(FEW + 1, place.cutOver),
    receivables.owed(),
  ])
  const words = { agree: await deedWords(t('account.agree')), now: await deedWords(t('operator.reconcileNow')) }
  const { rows: shown, last } = onePage(found, PAGE)
  const [accounts, files, cutOvers] = [
    onePage(foundAccounts, FEW),
    onePage(foundFiles, FEW),
    onePage(foundCutOvers, FEW),
  ]
  const mayChange = may('settlement.change')
  return (
    <>
      <PageHeader
        title={t('operator.title')}
        description={t('operator.text')}
        actions={
          mayChange ? (
            <DeedDialog
              trigger={t('operator.reconcileNow')}
              title={t('operator.reconcileNow')}
              description={t('operator.reconcileNowText')}
              words={words.now}
              deed={reconcileNow}
            />
          ) : null
        }
      />
      <SettlementTabs current="differences" />
      <OwedPanel owed={owed} locale={locale} />
      <Panel className="mb-5">
        <PanelHeader title={t('operator.differences')} />
        <LinkTabs
          label={t('stands')}
          tabs={STATES.map((one) => ({
            href: placeHref({ state: one, order }),
            label: one ? t(`difference.state.${one}`) : t('all'),
            current: one === state,
          }))}
        />
        <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
          <ExportLink href={listHref(`${SETTLEMENT}/export`, { state, sort: order })}>{shared('export')}</ExportLink>
          <ListSort order={order} hrefOf={(wish) => placeHref({ state, order: wish })} />
        </div>
        {shown.length === 0 ? (
          <EmptyState icon={Scale} title={t('difference.none')}>
            {t('difference.noneText')}
          </EmptyState>
        ) : (
          <Table aria-label={t('operator.differences')}>
            <thead>
              <tr>
                <TableHead>{t('difference.what')}</TableHead>
                <TableHead>{t('stands')}</TableHead>
                <TableHead className="text-right">{t('difference.ours')}</TableHead>
                <TableHead className="text-right">{t('difference.theirs')}</TableHead>
                <TableHead className="text-right">{t('difference.blocks')}</TableHead>
              </tr>
            </thead>
            <tbody>
              {shown.map((each) => (
                <TableRow key={each.id}>
                  <TableCell>
                    <Link
                      href={`${SETTLEMENT}/differences/${publicId('dif', each.id)}`}
                      className="font-medium hover:underline"
                    >
                      {partner(gateway, each, locale)} · {t(`difference.kind.${differenceKind(each.kind)}`)}
                    </Link>
                    <span className="block text-xs text-ink-faint">{formatDateTime(each.createdAt, locale)}</span>
                  </TableCell>
                  <TableCell>
                    <Badge tone={each.state === 'closed' ? 'good' : each.state === 'open' ? 'bad' : 'warn'}>
                      {t(`difference.state.${each.state}`)}
                    </Badge>
                  </TableCell>
                  <FigureCell>
                    <MoneyText amount={each.ours} currency={each.currency} locale={locale} />
                  </FigureCell>
                  <FigureCell>
                    {each.theirs === undefined ? (
                      ''
                    ) : (
                      <MoneyText amount={each.theirs} currency={each.currency} locale={locale} />
                    )}
                  </FigureCell>
                  <FigureCell>{each.blocked}</FigureCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        )}
        <Pager label={t('older')} {...(last && { nextHref: placeHref({ ...place, difference: last.id }) })} />
      </Panel>
      <CutOversPanel cutOvers={cutOvers.rows} locale={locale} nameOf={nameOf}>
        <Pager
          label={t('older')}
          {...(cutOvers.last && { nextHref: placeHref({ ...place, cutOver: cutOvers.last.id }) })}
        />
      </CutOversPanel>
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <Panel>
          <PanelHeader title={t('operator.accounts')} description={t('operator.accountsText')} />
          {accounts.rows.length === 0 ? <p className="text-sm text-ink-soft">{t('operator.noAccounts')}</p> : null}
          <ul className="divide-y divide-line">
            {accounts.rows.map((account) => (
              <li key={account.id} className="flex flex-wrap items-center justify-between gap-3 py-3 text-sm">
                <div>
                  <p className="font-medium text-ink">
                    {locale === 'en' ? account.nameEn || account.name : account.name}
                  </p>
                  <p className="text-ink-faint">
                    {account.holder} · {account.bank} ····{account.lastFour} ·{' '}
                    {t('account.proposedBy', {
                      name: account.proposedBy.name,
                      at: formatDateTime(account.proposedAt, locale),
                    })}
                  </p>
                </div>
                {mayChange ? (
                  <DeedDialog
                    trigger={t('account.agree')}
                    triggerLook={{ size: 'small' }}
                    title={t('account.agree')}
                    description={t('account.agreeText', { holder: account.holder, lastFour: account.lastFour })}
                    words={words.agree}
                    deed={decideAccount.bind(null, publicId('mer', account.merchantId), publicId('pac', account.id))}
                  />
                ) : null}
              </li>
            ))}
          </ul>
          <Pager
            label={t('more')}
            {...(accounts.last && { nextHref: placeHref({ ...place, account: accounts.last.id }) })}
          />
        </Panel>
        <Panel>
          <PanelHeader title={t('operator.files')} />
          {files.rows.length === 0 ? <p className="text-sm text-ink-soft">{t('operator.noFiles')}</p> : null}
          <ul className="divide-y divide-line">
            {files.rows.map((file) => (
              <li key={file.id} className="flex flex-wrap items-baseline justify-between gap-3 py-3 text-sm">
                <div className="min-w-0">
                  <p className="font-mono text-xs break-all">{file.name}</p>
                  <p className="text-ink-faint">
                    {t('operator.payouts', { count: file.payouts })} ·{' '}
                    <MoneyText amount={file.total} currency={file.currency} locale={locale} />
                  </p>
                </div>
                <Badge tone={file.state === 'answered' ? 'good' : 'info'}>{t(`operator.file.${file.state}`)}</Badge>
              </li>
            ))}
          </ul>
          <Pager label={t('older')} {...(files.last && { nextHref: placeHref({ ...place, file: files.last.id }) })} />
        </Panel>
      </div>
    </>
  )
}

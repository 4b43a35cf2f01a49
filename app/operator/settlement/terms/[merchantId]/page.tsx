import type { Metadata } from 'next'
import { Pencil } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { shopName } from '@/app/_glue/names'
import { requireSystem } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { moduleName } from '@/app/_glue/module-name'
import { formatMoney, formatPercent } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { FeeFields } from '@/components/merchant/fee-fields'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { readPublicId } from '@/lib/ids'
import { agreeModuleFee } from '../../actions'

const LIST = '/operator/settlement/terms'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement.moduleFees')
  return { title: t('title') }
}

/** What each way to pay costs a shop, where that is another fee than the one of its terms. Its owner sees it and cannot change it. */
export default async function ModuleFeesPage({ params }: { params: Promise<{ merchantId: string }> }) {
  const { merchantId: shown } = await params
  const { gateway, locale, may } = await requireSystem('settlement.see', `${LIST}/${shown}`)
  const id = readPublicId('mer', shown)
  const merchant = id && (await gateway.merchants.get(id))
  if (!merchant) notFound()
  const [t, modules, shared, registered] = await Promise.all([
    getTranslations('settlement.moduleFees'),
    getTranslations('modules'),
    getTranslations('shared'),
    gateway.merchantModules.termsOf(merchant.id),
  ])
  const words = await deedWords(shared('save'))
  const installed = gateway.merchantModules.installed.filter(({ code }) => registered.has(code))
  return (
    <>
      <PageHeader back={{ href: LIST, label: t('back') }} title={shopName(merchant, locale)} description={t('text')} />
      <Panel>
        <PanelHeader title={t('title')} />
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('module')}</TableHead>
              <TableHead>{t('fee')}</TableHead>
              <TableHead>
                <span className="sr-only">{t('change')}</span>
              </TableHead>
            </tr>
          </thead>
          <tbody>
            {installed.map((each) => {
              const { bps, fixed } = registered.get(each.code)!.fee
              const parts = [
                ...(bps > 0 ? [formatPercent(bps / 10_000, locale, 2)] : []),
                ...merchant.currencies.flatMap((currency) =>
                  fixed[currency] ? [formatMoney(fixed[currency], currency, locale)] : [],
                ),
              ]
              const name = moduleName(modules, each, locale)
              return (
                <TableRow key={each.code}>
                  <TableCell className="font-medium">{name}</TableCell>
                  <TableCell className="text-ink-soft">{parts.join(' + ') || t('ofTerms')}</TableCell>
                  <TableCell>
                    {may('settlement.change') ? (
                      <div className="flex justify-end">
                        <DeedDialog
                          trigger={
                            <>
                              <Pencil aria-hidden />
                              {t('change')}
                              <span className="sr-only">{name}</span>
                            </>
                          }
                          triggerLook={{ kind: 'quiet', size: 'small' }}
                          title={t('changeTitle', { module: name })}
                          description={t('changeText')}
                          words={words}
                          deed={agreeModuleFee.bind(null, shown, each.code)}
                        >
                          <FeeFields
                            id={`percent-${each.code}`}
                            fee={{ bps, fixed }}
                            currencies={merchant.currencies}
                            words={{
                              percent: modules('fee.percent'),
                              fixed: (currency) => modules('fee.fixed', { currency }),
                            }}
                            locale={locale}
                          />
                        </DeedDialog>
                      </div>
                    ) : null}
                  </TableCell>
                </TableRow>
              )
            })}
          </tbody>
        </Table>
      </Panel>
    </>
  )
}

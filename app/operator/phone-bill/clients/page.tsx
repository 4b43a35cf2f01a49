import type { Metadata } from 'next'
import { AppWindow } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireSystem } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDate } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import { setVouching } from '../actions'
import { PhoneTabs } from '../_parts/phone-tabs'
import { listAddress, type RawQuery, readQuery } from '../_parts/typed-query'

const HERE = '/operator/phone-bill/clients'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.phoneBill.clients')
  return { title: t('title') }
}

/** Clients of the CAMARA interface, and which of them may charge a line that was not proved to us: a matter of contract. */
export default async function VouchingPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { text, after } = readQuery(await searchParams, 'ocl')
  const desk = await requireSystem('system.see', HERE)
  const { gateway, locale } = desk
  const [t, found] = await Promise.all([
    getTranslations('operator.phoneBill.clients'),
    gateway.oauth.allClients({ text, limit: PAGE + 1, ...(after && { before: after }) }),
  ])
  const clients = found.slice(0, PAGE)
  const last = found.length > PAGE ? clients.at(-1) : undefined
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PhoneTabs current="clients" />
      <div className="mb-4">
        <SearchField name="q" label={t('search')} defaultValue={text} />
      </div>
      {clients.length === 0 ? (
        <EmptyState icon={AppWindow} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('client')}</TableHead>
              <TableHead>{t('shop')}</TableHead>
              <TableHead>{t('created')}</TableHead>
              <TableHead>{t('standing')}</TableHead>
              <TableHead>
                <span className="sr-only">{t('allow')}</span>
              </TableHead>
            </tr>
          </thead>
          <tbody>
            {await Promise.all(
              clients.map(async (client) => {
                const deed = client.vouches ? 'forbid' : 'allow'
                return (
                  <TableRow key={client.id}>
                    <TableCell>
                      <span className="block font-medium">{client.name}</span>
                      <span className="hidden font-mono text-xs text-ink-faint sm:block">
                        {publicId('ocl', client.id)}
                      </span>
                    </TableCell>
                    <TableCell>
                      {locale === 'en' ? client.merchantNameEn || client.merchantName : client.merchantName}
                    </TableCell>
                    <TableCell className="figures whitespace-nowrap text-ink-soft">
                      {formatDate(client.createdAt, locale)}
                    </TableCell>
                    <TableCell>
                      <Badge tone={client.vouches ? 'accent' : 'neutral'}>
                        {t(client.vouches ? 'vouches' : 'proves')}
                      </Badge>
                    </TableCell>
                    <TableCell className="text-right">
                      {desk.may('system.change') ? (
                        <DeedDialog
                          trigger={t(deed)}
                          triggerLook={{ kind: 'quiet', size: 'small' }}
                          title={t(`${deed}Title`, { name: client.name })}
                          description={t(`${deed}Text`)}
                          words={await deedWords(t(deed))}
                          isDangerous={deed === 'allow'}
                          deed={setVouching.bind(
                            null,
                            publicId('mer', client.merchantId),
                            publicId('ocl', client.id),
                            !client.vouches,
                          )}
                        />
                      ) : null}
                    </TableCell>
                  </TableRow>
                )
              }),
            )}
          </tbody>
        </Table>
      )}
      <Pager
        label={t('more')}
        {...(last && { nextHref: listAddress(HERE, { q: text, after: publicId('ocl', last.id) }) })}
      />
    </>
  )
}

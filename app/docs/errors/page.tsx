import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { errorTable } from '@/lib/http/errors'
import { fieldTexts } from '@/lib/http/field-errors'
import { declineReasons } from '@/lib/payments/decline-reason'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('docs.errors'))('title') }
}

/** Where the type of every problem document leads: what each code means and what to do about it; and why payments are declined. */
export default async function ErrorsPage() {
  const [t, declines, locale] = await Promise.all([
    getTranslations('docs.errors'),
    getTranslations('shared.decline'),
    getLocale(),
  ])
  return (
    <main id="content" className="space-y-6">
      <PageHeader title={t('title')} />
      <p className="text-ink-soft">{t('intro')}</p>
      <Panel>
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('code')}</TableHead>
              <TableHead className="text-right">{t('status')}</TableHead>
              <TableHead>{t('meaning')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {Object.entries(errorTable).map(
              ([
                code,
                {
                  status,
                  [locale]: [title, whatToDo],
                },
              ]) => (
                <TableRow key={code} id={code}>
                  <TableCell>
                    <code>{code}</code>
                  </TableCell>
                  <FigureCell>{status}</FigureCell>
                  <TableCell>
                    <span className="font-medium">{title}</span>
                    <br />
                    <span className="text-ink-soft">{whatToDo}</span>
                  </TableCell>
                </TableRow>
              ),
            )}
          </tbody>
        </Table>
      </Panel>
      <h2 className="text-xl font-semibold">{t('fields')}</h2>
      <p className="text-ink-soft">{t('fieldsIntro')}</p>
      <Panel>
        <Table aria-label={t('fields')}>
          <thead>
            <tr>
              <TableHead>{t('code')}</TableHead>
              <TableHead>{t('meaning')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {Object.entries(fieldTexts).map(([code, { [locale]: meaning }]) => (
              <TableRow key={code} id={`field-${code}`}>
                <TableCell>
                  <code>{code}</code>
                </TableCell>
                <TableCell>{meaning}</TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </Panel>
      <h2 className="text-xl font-semibold">{t('reasons')}</h2>
      <p className="text-ink-soft">{t('reasonsIntro')}</p>
      <Panel>
        <Table aria-label={t('reasons')}>
          <thead>
            <tr>
              <TableHead>{t('reason')}</TableHead>
              <TableHead>{t('meaning')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {declineReasons.map((reason) => (
              <TableRow key={reason} id={`reason-${reason}`}>
                <TableCell>
                  <code>{reason}</code>
                </TableCell>
                <TableCell>{declines(reason)}</TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </Panel>
    </main>
  )
}

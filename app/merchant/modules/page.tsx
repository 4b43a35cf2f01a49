import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { ButtonLink } from '@/components/ui/button-link'
import { PageHeader } from '@/components/ui/page-header'
import { ModuleCard } from './_parts/module-card'

const HERE = '/merchant/modules'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('modules')
  return { title: t('title') }
}

/** Every way to pay that there is here: what the shop has registered first, in the order of its checkout. */
export default async function ModulesPage() {
  const desk = await requireDesk('portal.see', HERE)
  const { merchantModules } = desk.gateway
  const [t, terms, running] = await Promise.all([
    getTranslations('modules'),
    merchantModules.termsOf(desk.merchant.id),
    merchantModules.running(desk.merchant.id),
  ])
  const codes = [...terms.keys()]
  const place = (code: string) => (terms.has(code) ? codes.indexOf(code) : codes.length)
  const installed = [...merchantModules.installed].sort((a, b) => place(a.code) - place(b.code))
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={<ButtonLink href={`${HERE}/groups`}>{t('groupsLink')}</ButtonLink>}
      />
      <div className="grid grid-cols-1 items-stretch gap-5 md:grid-cols-2 xl:grid-cols-3">
        {installed.map((module) => (
          <ModuleCard
            key={module.code}
            desk={desk}
            module={module}
            terms={terms.get(module.code)}
            running={running.get(module.code)}
          />
        ))}
      </div>
    </>
  )
}

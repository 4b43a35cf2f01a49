import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { requireDesk } from '../_glue/desk'
import { DeskLayout } from '../_glue/desk-layout'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant')
  return { title: { default: t('title'), template: `%s · ${t('title')}` }, robots: { index: false } }
}

export default async function MerchantLayout({ children }: { children: ReactNode }) {
  const desk = await requireDesk('portal.see', '/merchant')
  return (
    <DeskLayout desk={desk} home="/merchant">
      {children}
    </DeskLayout>
  )
}

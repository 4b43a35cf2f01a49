import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { requireDesk } from '../_glue/desk'
import { DeskLayout } from '../_glue/desk-layout'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('courier')
  return { title: t('title'), robots: { index: false } }
}

export default async function CourierLayout({ children }: { children: ReactNode }) {
  const desk = await requireDesk('delivery.see', '/courier')
  return (
    <DeskLayout desk={desk} home="/courier">
      {children}
    </DeskLayout>
  )
}

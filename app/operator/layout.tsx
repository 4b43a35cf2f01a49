import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DeskFrame } from '@/components/merchant/desk-frame'
import { GuideLink } from '../_glue/guide-link'
import { LanguageSwitch, ThemeSwitch } from '../_glue/reader-switches'
import { requireSystem } from '../_glue/system'
import { logout } from '../merchant/actions'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator')
  return { title: { default: t('title'), template: `%s · ${t('title')}` }, robots: { index: false } }
}

/** The console of whoever runs the installation. */
export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const [{ person, role, may }, t, shared, security] = await Promise.all([
    requireSystem('system.see', '/operator'),
    getTranslations('operator'),
    getTranslations('shared'),
    getTranslations('people.security'),
  ])
  return (
    <DeskFrame
      words={{
        app: shared('appName'),
        navigation: t('navigation'),
        logout: shared('nav.logout'),
        security: security('title'),
      }}
      home="/operator"
      places={[
        { id: 'board', href: '/operator', label: t('places.board') },
        { id: 'messages', href: '/operator/messages', label: t('places.messages') },
        { id: 'shops', href: '/operator/shops', label: t('places.shops') },
        { id: 'team', href: '/operator/people', label: t('places.people') },
        { id: 'settlement', href: '/operator/settlement', label: t('places.settlement') },
        { id: 'phoneBill', href: '/operator/phone-bill', label: t('places.phoneBill') },
        { id: 'giro', href: '/operator/giro', label: t('places.giro') },
        { id: 'accounts', href: '/operator/accounts', label: t('places.accounts') },
        { id: 'applications', href: '/operator/applications', label: t('places.applications') },
        { id: 'disputes', href: '/operator/disputes', label: t('places.disputes') },
        { id: 'statistics', href: '/operator/statistics', label: t('places.statistics') },
        ...(may('evidence.see')
          ? [{ id: 'evidence' as const, href: '/operator/evidence', label: t('places.evidence') }]
          : []),
      ]}
      workplace={<p className="truncate">{t('installation')}</p>}
      person={{ name: person.name, role: t(`role.${role}`) }}
      switches={
        <>
          <GuideLink guide="operator" />
          <LanguageSwitch />
          <ThemeSwitch />
        </>
      }
      logout={logout}
    >
      {children}
    </DeskFrame>
  )
}

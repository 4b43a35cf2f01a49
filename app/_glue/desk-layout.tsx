import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DeskFrame } from '@/components/merchant/desk-frame'
import type { DeskPlace } from '@/components/merchant/desk-navigation'
import { WorkplaceChoice } from '@/components/merchant/workplace-choice'
import { can } from '@/lib/auth/access'
import { chooseWorkplace, logout } from '../merchant/actions'
import type { Desk } from './desk'
import { shopName } from './names'
import { LanguageSwitch, ThemeSwitch } from './reader-switches'

/** The frame of the portal and the counselor desk; shows only the places that the role may see. */
export async function DeskLayout({ desk, home, children }: { desk: Desk; home: string; children: ReactNode }) {
  const [t, shared, security] = await Promise.all([
    getTranslations('merchant'),
    getTranslations('shared'),
    getTranslations('people.security'),
  ])
  const { gateway, locale, memberships, merchant, person, membership } = desk
  const places: DeskPlace[] = [
    ...(desk.may('portal.see')
      ? ([
          { id: 'overview', href: '/merchant', label: t('places.overview') },
          { id: 'payments', href: '/merchant/payments', label: t('places.payments') },
          { id: 'unpaid', href: '/merchant/unpaid', label: t('places.unpaid') },
          { id: 'refundRequests', href: '/merchant/refund-requests', label: t('places.refundRequests') },
          { id: 'approvals', href: '/merchant/approvals', label: t('places.approvals') },
          { id: 'modules', href: '/merchant/modules', label: t('places.modules') },
          { id: 'paymentLinks', href: '/merchant/payment-links', label: t('places.paymentLinks') },
          { id: 'subscriptions', href: '/merchant/subscriptions', label: t('places.subscriptions') },
          { id: 'disputes', href: '/merchant/disputes', label: t('places.disputes') },
          { id: 'payouts', href: '/merchant/payouts', label: t('places.payouts') },
          { id: 'phoneBill', href: '/merchant/phone-bill', label: t('places.phoneBill') },
          ...(merchant.modules.includes('direct-debit')
            ? [{ id: 'directDebit', href: '/merchant/direct-debit', label: t('places.directDebit') } as const]
            : []),
          ...(merchant.modules.includes('e-cash')
            ? [{ id: 'eCash', href: '/merchant/e-cash', label: t('places.eCash') } as const]
            : []),
        ] as const)
      : []),
    ...(desk.may('payment.cancel')
      ? [{ id: 'counselor' as const, href: '/counselor', label: t('places.counselor') }]
      : []),
    ...(desk.may('dispute.decide')
      ? [{ id: 'decisions' as const, href: '/counselor/disputes', label: t('places.decisions') }]
      : []),
    ...(desk.may('refund-request.decide') && !desk.may('portal.see')
      ? [{ id: 'refundRequests' as const, href: '/counselor/refund-requests', label: t('places.refundRequests') }]
      : []),
    ...(desk.may('delivery.see') ? [{ id: 'courier' as const, href: '/courier', label: t('places.courier') }] : []),
    ...(desk.may('flow.see') ? [{ id: 'flow' as const, href: '/merchant/flow', label: t('places.flow') }] : []),
    ...(desk.may('member.see') ? [{ id: 'team' as const, href: '/merchant/team', label: t('places.team') }] : []),
    ...(desk.may('endpoint.see')
      ? [{ id: 'developers' as const, href: '/merchant/developers', label: t('places.developers') }]
      : []),
  ]
  const workplaces = await Promise.all(
    memberships
      .filter(({ role }) => can(role, 'merchant.see') || can(role, 'delivery.see'))
      .map(({ merchantId }) => gateway.merchants.get(merchantId)),
  )
  const options = workplaces.flatMap((one) => (one ? [{ id: one.id, name: shopName(one, locale) }] : []))
  return (
    <DeskFrame
      words={{
        app: shared('appName'),
        navigation: t('navigation'),
        logout: shared('nav.logout'),
        security: security('title'),
      }}
      home={home}
      places={places}
      workplace={
        <WorkplaceChoice label={t('workplace')} current={merchant.id} options={options} choose={chooseWorkplace} />
      }
      person={{ name: person.name, role: t(`role.${membership.role}`) }}
      switches={
        <>
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

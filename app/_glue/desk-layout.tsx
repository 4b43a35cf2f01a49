import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DeskFrame } from '@/components/merchant/desk-frame'
import type { DeskPlace } from '@/components/merchant/desk-navigation'
import { WorkplaceChoice } from '@/components/merchant/workplace-choice'
import { Notice } from '@/components/ui/notice'
import { type Action, can } from '@/lib/auth/access'
import type { ModuleCode } from '@/lib/modules/payment-module'
import type merchantTexts from '@/locales/ko/merchant.json'
import { chooseWorkplace, logout } from '../merchant/actions'
import type { Desk } from './desk'
import { GuideLink } from './guide-link'
import { shopName } from './names'
import { LanguageSwitch, ThemeSwitch } from './reader-switches'

interface Place {
  readonly id: keyof (typeof merchantTexts)['places'] & DeskPlace['id']
  readonly href: string
  readonly group?: keyof (typeof merchantTexts)['groups']
  /** Who may do this sees the place. */
  readonly action: Action
  /** But not those who may do this: they have another. */
  readonly unless?: Action
  /** Only of a shop that has this module. */
  readonly module?: ModuleCode
}

/** Where the people of a shop go, by what they come for. */
const PLACES: readonly Place[] = [
  { id: 'overview', href: '/merchant', action: 'portal.see' },
  { id: 'payments', href: '/merchant/payments', group: 'orders', action: 'portal.see' },
  { id: 'unpaid', href: '/merchant/unpaid', group: 'orders', action: 'portal.see' },
  { id: 'approvals', href: '/merchant/approvals', group: 'orders', action: 'portal.see' },
  { id: 'refundRequests', href: '/merchant/refund-requests', group: 'orders', action: 'portal.see' },
  {
    ...{ id: 'refundRequests', href: '/counselor/refund-requests', group: 'orders', action: 'refund-request.decide' },
    unless: 'portal.see',
  },
  { id: 'disputes', href: '/merchant/disputes', group: 'orders', action: 'portal.see' },
  { id: 'decisions', href: '/counselor/disputes', group: 'orders', action: 'dispute.decide' },
  { id: 'counselor', href: '/counselor', group: 'orders', action: 'payment.cancel' },
  { id: 'courier', href: '/courier', group: 'orders', action: 'delivery.see' },
  { id: 'payouts', href: '/merchant/payouts', group: 'money', action: 'portal.see' },
  { id: 'phoneBill', href: '/merchant/phone-bill', group: 'money', action: 'portal.see' },
  { id: 'directDebit', href: '/merchant/direct-debit', group: 'money', action: 'portal.see', module: 'direct-debit' },
  { id: 'eCash', href: '/merchant/e-cash', group: 'money', action: 'portal.see', module: 'e-cash' },
  { id: 'paymentLinks', href: '/merchant/payment-links', group: 'selling', action: 'portal.see' },
  { id: 'subscriptions', href: '/merchant/subscriptions', group: 'selling', action: 'portal.see' },
  { id: 'products', href: '/merchant/products', group: 'selling', action: 'product-rates.see' },
  { id: 'modules', href: '/merchant/modules', group: 'selling', action: 'portal.see' },
  { id: 'flow', href: '/merchant/flow', group: 'selling', action: 'flow.see' },
  { id: 'team', href: '/merchant/team', group: 'shop', action: 'member.see' },
  { id: 'developers', href: '/merchant/developers', group: 'shop', action: 'endpoint.see' },
]

/** The frame of the portal and the counselor desk; shows only the places that the role may see. */
export async function DeskLayout({ desk, home, children }: { desk: Desk; home: string; children: ReactNode }) {
  const [t, shared, security] = await Promise.all([
    getTranslations('merchant'),
    getTranslations('shared'),
    getTranslations('people.security'),
  ])
  const { gateway, locale, memberships, merchant, person, membership } = desk
  const places: DeskPlace[] = PLACES.filter(
    ({ action, unless, module }) =>
      desk.may(action) && !(unless && desk.may(unless)) && (!module || merchant.modules.includes(module)),
  ).map(({ id, href, group }) => ({
    id,
    href,
    label: t(`places.${id}`),
    ...(group && { group: t(`groups.${group}`) }),
  }))
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
          <GuideLink guide={home === '/counselor' ? 'counselor' : 'shop'} />
          <LanguageSwitch />
          <ThemeSwitch />
        </>
      }
      logout={logout}
    >
      {merchant.suspendedAt ? (
        <Notice tone="warn" title={t('suspended.title')} className="mb-5">
          {t('suspended.text')}
        </Notice>
      ) : null}
      {children}
    </DeskFrame>
  )
}

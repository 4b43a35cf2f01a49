import 'server-only'
import { getLocale } from 'next-intl/server'
import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { audited, type AuditNote } from '@/lib/audit/audit'
import { type Action, can } from '@/lib/auth/access'
import type { Membership, Person } from '@/lib/auth/person'
import type { Gateway } from '@/lib/gateway'
import { actorOf } from '@/lib/desk/member'
import { readPublicId } from '@/lib/ids'
import type { Merchant } from '@/lib/merchants/merchant'
import type { Payment } from '@/lib/payments/payment'
import { clientAddress } from './asker'
import { cookieName } from './cookie-names'
import { runningGateway } from './gateway'
import { requireStaffSession } from './session'

/** A person at work for one merchant, with the rights that hold at this request. */
export interface Desk {
  readonly gateway: Gateway
  readonly person: Person
  readonly membership: Membership
  readonly merchant: Merchant
  /** Everywhere the person may work; the chosen one among them. */
  readonly memberships: readonly Membership[]
  readonly locale: 'ko' | 'en'
  /** The address that the request came from. */
  readonly from: string
  may(action: Action): boolean
}

export const workplaceCookie = ({ settings }: Gateway) => cookieName(settings, 'workplace')

/**
 * The desk of whoever is logged in, if their role there allows the action: asked of the database on every request, by
 * every page and every action. Whoever may not gets the page that does not exist (P6.1, P6.2).
 */
export const requireDesk = cache(async (action: Action, returnTo: string): Promise<Desk> => {
  const [{ person, memberships }, gateway, jar, from] = await Promise.all([
    requireStaffSession(returnTo),
    runningGateway(),
    cookies(),
    clientAddress(),
  ])
  const chosen = jar.get(workplaceCookie(gateway))?.value
  const allowed = memberships.filter(({ role }) => can(role, action))
  const membership = allowed.find(({ merchantId }) => merchantId === chosen) ?? allowed[0]
  const merchant = membership && (await gateway.merchants.get(membership.merchantId))
  if (!merchant) notFound()
  return {
    ...{ gateway, person, memberships, membership, merchant, from },
    locale: await getLocale(),
    may: (wanted) => can(membership.role, wanted),
  }
})

/** One of the merchant's own payments; another merchant's is answered exactly as one that does not exist. */
export const requirePayment = cache(async ({ gateway, merchant }: Desk, id: string): Promise<Payment> => {
  const paymentId = readPublicId('pay', id)
  const payment = paymentId && (await gateway.payments.find(merchant.id, paymentId))
  if (!payment) notFound()
  return payment
})

/** Writes into the merchant's audit trail what somebody did, or was refused (P9.3). */
export async function noteDeed(
  desk: Desk,
  { action, ...deed }: Pick<AuditNote, 'object' | 'outcome' | 'detail'> & { readonly action: Action },
): Promise<void> {
  await desk.gateway.audit.note({ tenantId: desk.merchant.id, actor: actorOf(desk), action, ...deed })
}

/** The same around a deed: that it begins, and what came of it, so that nobody who dies between leaves no line. */
export function doDeed<Result>(
  desk: Desk,
  deed: Pick<AuditNote, 'object' | 'detail'> & { readonly action: Action },
  act: () => Promise<Result>,
  outcomeOf: (result: Result) => string,
): Promise<Result> {
  return audited(desk.gateway.audit, { tenantId: desk.merchant.id, actor: actorOf(desk), ...deed }, act, outcomeOf)
}

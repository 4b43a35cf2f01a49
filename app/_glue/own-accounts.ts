import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { AccountWhy, OwnAccount } from '@/components/checkout/stored-view'
import type { Tone } from '@/components/ui/badge'
import type { Account } from '@/lib/accounts/account'
import type { Person } from '@/lib/auth/person'
import type { Gateway } from '@/lib/gateway'
import type { Currency } from '@/lib/money/currency'
import { atLeastZero } from '@/lib/money/money'
import { runningGateway } from './gateway'
import { requirePerson } from './session'
import { isUuid } from './uuid'

export type AccountStanding = 'usable' | 'suspended' | 'lost' | 'expired' | 'pinLocked'

const TONES = {
  usable: 'good',
  suspended: 'warn',
  lost: 'bad',
  expired: 'neutral',
  pinLocked: 'warn',
} as const satisfies Record<AccountStanding, Tone>

/** How an account stands, said first what weighs most. */
export function standingOf(account: Account): { standing: AccountStanding; tone: Tone } {
  const standing = account.lostAt
    ? 'lost'
    : account.suspendedAt
      ? 'suspended'
      : account.expired
        ? 'expired'
        : account.pinLocked
          ? 'pinLocked'
          : 'usable'
  return { standing, tone: TONES[standing] }
}

/** What may still be charged now, as far as money and the month go. */
export function roomOf({ available, leftThisMonth }: Account): bigint {
  return atLeastZero(leftThisMonth !== undefined && leftThisMonth < available ? leftThisMonth : available)
}

export const accountName = ({ nickname, masked }: Pick<Account, 'nickname' | 'masked'>) => nickname || masked

/** The shopper's accounts as the checkout shows them. */
export async function ownAccountsView(
  { accounts }: Gateway,
  shopperId: string,
  currency: Currency,
): Promise<OwnAccount[]> {
  return (await accounts.ofShopper(shopperId)).map((account) => {
    const room = roomOf(account)
    const why = whyNot(account, currency, room)
    const { id, masked, hasPin } = account
    return { id, name: accountName(account), masked, hasPin, room, ...(why && { why }) }
  })
}

function whyNot(account: Account, currency: Currency, room: bigint): AccountWhy | undefined {
  if (account.currency !== currency) return 'currency'
  const { standing } = standingOf(account)
  if (standing !== 'usable') return standing
  return room === 0n ? 'empty' : undefined
}

export interface OwnAccountHere {
  readonly gateway: Gateway
  readonly person: Person
  readonly account: Account
}

/** One of the shopper's own accounts; another's is answered exactly as one that does not exist. */
export const requireOwnAccount = cache(async (accountId: string): Promise<OwnAccountHere> => {
  const [person, gateway] = await Promise.all([requirePerson(`/account/accounts/${accountId}`), runningGateway()])
  const account = isUuid(accountId) ? await gateway.accounts.find(accountId) : undefined
  if (account?.shopperId !== person.id) notFound()
  return { gateway, person, account }
})

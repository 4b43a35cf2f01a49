'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import type { GrantAnswer, GrantWish } from '@/components/account/grant-maker'
import { DAY_MS, HOUR_MS } from '@/lib/clock'
import { currencyCodes } from '@/lib/money/currency'
import { LARGEST_AMOUNT, money } from '@/lib/money/money'

const LIVES_MS = { hour: HOUR_MS, day: DAY_MS, week: 604_800_000 }

const wishSchema = z.strictObject({
  merchantId: z.uuid(),
  amount: z.bigint().positive().max(LARGEST_AMOUNT),
  currency: z.enum(currencyCodes),
  life: z.enum(['hour', 'day', 'week']),
})

/** Lets a shop's agent make V-Cards in the shopper's name. */
export async function giveGrant(given: GrantWish): Promise<GrantAnswer> {
  const [person, gateway] = await Promise.all([requirePerson('/account/vcards/shops'), runningGateway()])
  const { merchantId, amount, currency, life } = wishSchema.parse(given)
  const outcome = await gateway.grants.give(person, {
    ...{ merchantId, most: money(amount, currency), livesMs: LIVES_MS[life] },
  })
  if (outcome.kind === 'refused') return { kind: 'refused', fault: outcome.reason }
  revalidatePath('/account/vcards/shops')
  return { kind: 'given', reference: outcome.reference }
}

/** Takes a permission back; V-Cards made with it that are not used yet end too. */
export async function revokeGrant(grantId: string): Promise<void> {
  const [person, gateway] = await Promise.all([requirePerson('/account/vcards/shops'), runningGateway()])
  const isRevoked = await gateway.grants.revoke(person, z.uuid().parse(grantId))
  revalidatePath('/account', 'layout')
  redirect(`/account/vcards/shops?done=${isRevoked ? 'revoked' : 'notRevoked'}`)
}

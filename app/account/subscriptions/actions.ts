'use server'

import { redirect } from 'next/navigation'
import { readStanding } from '@/app/_glue/standing-means'
import { readPublicId } from '@/lib/ids'
import type { Deed } from '@/lib/subscriptions/deeds'
import { requireOwnSubscription } from './own-subscription'

/** Does a deed on one's own subscription and says on its page what came of it. */
async function byShopper(
  id: string,
  done: string,
  deed: (own: Awaited<ReturnType<typeof requireOwnSubscription>>) => Promise<Deed>,
): Promise<void> {
  const did = await deed(await requireOwnSubscription(id))
  redirect(`/account/subscriptions/${id}?${did.kind === 'done' ? `done=${done}` : `no=${did.reason}`}`)
}

const actorOf = ({ id, name }: { id: string; name: string }) => ({ kind: 'shopper', id, name }) as const

export async function endNow(id: string): Promise<void> {
  await byShopper(id, 'cancelled', ({ gateway, person, subscription }) =>
    gateway.subscriptions.cancel({ shopperId: person.id }, subscription.id, 'now', actorOf(person)),
  )
}

export async function endWithPeriod(id: string): Promise<void> {
  await byShopper(id, 'ending', ({ gateway, person, subscription }) =>
    gateway.subscriptions.cancel({ shopperId: person.id }, subscription.id, 'period-end', actorOf(person)),
  )
}

export async function keepGoing(id: string): Promise<void> {
  await byShopper(id, 'kept', ({ gateway, person, subscription }) =>
    gateway.subscriptions.keep({ shopperId: person.id }, subscription.id, actorOf(person)),
  )
}

export async function pause(id: string): Promise<void> {
  await byShopper(id, 'paused', ({ gateway, person, subscription }) =>
    gateway.subscriptions.pause({ shopperId: person.id }, subscription.id, actorOf(person)),
  )
}

export async function resume(id: string): Promise<void> {
  await byShopper(id, 'resumed', ({ gateway, person, subscription }) =>
    gateway.subscriptions.resume({ shopperId: person.id }, subscription.id, actorOf(person)),
  )
}

export async function changeMeans(id: string, form: FormData): Promise<void> {
  const means = readStanding(form.get('means'))
  await byShopper(id, 'means', async ({ gateway, person, subscription }) =>
    means ? gateway.subscriptions.changeMeans(person.id, subscription.id, means) : { kind: 'refused', reason: 'means' },
  )
}

export async function changePlan(id: string, plan: string): Promise<void> {
  const planId = readPublicId('pln', plan)
  await byShopper(id, 'plan', async ({ gateway, person, subscription }) =>
    planId
      ? gateway.subscriptions.changePlan({ shopperId: person.id }, subscription.id, planId, actorOf(person))
      : { kind: 'refused', reason: 'plan' },
  )
}

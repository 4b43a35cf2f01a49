'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { runningGateway } from '@/app/_glue/gateway'
import { openSealed } from '@/app/_glue/sealed-input'
import { requirePerson } from '@/app/_glue/session'
import type { CardAnswer, CardDetails } from '@/components/account/card-details'
import { cardChangesSchema, newCardSchema } from '@/lib/cards/wallet-card'

/** Asks every issuer how the cards stand (M-270). */
export async function refreshCards(): Promise<void> {
  const [person, gateway] = await Promise.all([requirePerson('/account/cards'), runningGateway()])
  await gateway.cards.refresh(person.id)
  revalidatePath('/account', 'layout')
}

const sealedCard = z.strictObject({ number: z.string(), expiry: z.string() })

/** Adds a card (M-324): number and expiry come encrypted, the rest as it is. */
export async function addCard(message: string, details: CardDetails): Promise<CardAnswer> {
  const [person, gateway] = await Promise.all([requirePerson('/account/cards/new'), runningGateway()])
  const typed = sealedCard.safeParse(await openSealed(gateway, String(message), { tid: 'card' }))
  if (!typed.success) return { kind: 'refused', fault: 'sealed' }
  const card = newCardSchema.safeParse({ ...details, ...typed.data })
  if (!card.success) return { kind: 'refused', fault: 'wrong' }
  const outcome = await gateway.cards.add(person.id, card.data)
  if (outcome.kind === 'refused') return { kind: 'refused', fault: outcome.reason }
  await gateway.cards.refresh(person.id, [outcome.card.id])
  revalidatePath('/account', 'layout')
  return { kind: 'done' }
}

/** Changes what the shopper may change of a card (M-323). The number stays what it is. */
export async function changeCard(
  cardId: string,
  changes: Omit<CardDetails, 'holderName'> & { expiry: string },
): Promise<CardAnswer> {
  const [person, gateway] = await Promise.all([requirePerson(`/account/cards/${cardId}`), runningGateway()])
  const read = cardChangesSchema.safeParse(changes)
  if (!read.success) return { kind: 'refused', fault: 'wrong' }
  const outcome = await gateway.cards.update(person.id, String(cardId), read.data)
  if (outcome.kind === 'refused') return { kind: 'refused', fault: outcome.reason }
  revalidatePath('/account', 'layout')
  return { kind: 'done' }
}

/** Takes a card out of the wallet. */
export async function removeCard(cardId: string): Promise<void> {
  const [person, gateway] = await Promise.all([requirePerson('/account/cards'), runningGateway()])
  await gateway.cards.remove(person.id, String(cardId))
  redirect('/account/cards?done=removed')
}

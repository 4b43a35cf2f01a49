'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { evaluatedView, readShares, splitView } from '@/app/_glue/split-view'
import type { MakeAnswer, Purchase } from '@/components/account/vcard-maker'
import type { ChosenShare, EvaluatedSplit, SplitView } from '@/components/split/split-view'
import { currencyCodes } from '@/lib/money/currency'
import { LARGEST_AMOUNT, money } from '@/lib/money/money'

const purchaseSchema = z.strictObject({
  merchantId: z.uuid(),
  amount: z.bigint().positive().max(LARGEST_AMOUNT),
  currency: z.enum(currencyCodes),
})

function read(given: Purchase) {
  const { merchantId, amount, currency } = purchaseSchema.parse(given)
  return { merchantId, amount: money(amount, currency) }
}

/** The best division of an amount at a shop over the shopper's cards. */
export async function findSplit(given: Purchase): Promise<SplitView> {
  const [person, gateway] = await Promise.all([requirePerson('/account/vcards/new'), runningGateway()])
  const proposal = await gateway.vcards.propose(person.id, read(given))
  return splitView(proposal, await gateway.cards.list(person.id))
}

/** What shares cost and earn as the shopper has changed them. */
export async function evaluateShares(given: Purchase, chosen: readonly ChosenShare[]): Promise<EvaluatedSplit> {
  const [person, gateway] = await Promise.all([requirePerson('/account/vcards/new'), runningGateway()])
  const purchase = read(given)
  const evaluation = await gateway.vcards.evaluate(person.id, { ...purchase, shares: readShares(chosen) ?? [] })
  return evaluatedView(evaluation, await gateway.cards.list(person.id), purchase.amount.currency)
}

/** Makes the V-Card (M-275). */
export async function createVcard(
  given: Purchase,
  chosen: readonly ChosenShare[],
  mayRetry: boolean,
): Promise<MakeAnswer> {
  const [person, gateway] = await Promise.all([requirePerson('/account/vcards/new'), runningGateway()])
  const shares = readShares(chosen) ?? []
  const made = await gateway.vcards.create(person.id, { ...read(given), shares, mayRetry: mayRetry === true })
  if (made.kind === 'refused') return { kind: 'refused', fault: made.reason }
  revalidatePath('/account', 'layout')
  return { kind: 'made', vcardId: made.vcard.id }
}

/** The whole number of a V-Card, fetched only when its holder asks to see it; undefined when it is of no use any more. */
export async function revealVcard(vcardId: string): Promise<string | undefined> {
  const [person, gateway] = await Promise.all([requirePerson('/account/vcards'), runningGateway()])
  return gateway.vcards.revealNumber(person.id, z.uuid().parse(vcardId))
}

/** Ends a V-Card before it is used; what it set aside is free again. */
export async function cancelVcard(vcardId: string): Promise<void> {
  const [person, gateway] = await Promise.all([requirePerson('/account/vcards'), runningGateway()])
  const id = z.uuid().parse(vcardId)
  const answer = await gateway.vcards.cancel(person.id, id)
  revalidatePath('/account', 'layout')
  redirect(`/account/vcards/${id}?done=${answer.kind === 'cancelled' ? 'cancelled' : 'notCancelled'}`)
}

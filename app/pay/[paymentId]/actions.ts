'use server'

import { z } from 'zod'
import { openCheckout, walletOf } from '@/app/_glue/checkout'
import type { OpenCheckout } from '@/app/_glue/checkout'
import { openSealed } from '@/app/_glue/sealed-input'
import { evaluatedView, readShares, splitView } from '@/app/_glue/split-view'
import type { Choice, PayAnswer } from '@/components/checkout/checkout-view'
import type { ChosenShare, EvaluatedSplit, SplitView } from '@/components/split/split-view'
import type { Uuid } from '@/lib/ids'
import { money } from '@/lib/money/money'
import type { MeansInput } from '@/lib/payments/plan-means'

const choice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('saved'), cardId: z.uuid() }),
  z.strictObject({
    kind: z.literal('typed'),
    message: z.string().max(8000),
    remember: z.boolean(),
    email: z.email().max(254).optional(),
  }),
  z.strictObject({ kind: z.literal('split'), shares: z.unknown(), mayRetry: z.boolean() }),
])

const typedCard = z.strictObject({
  number: z.string().regex(/^[0-9]{12,19}$/),
  expiry: z.string().regex(/^[0-9]{2}(?:0[1-9]|1[0-2])$/),
  securityCode: z
    .string()
    .regex(/^[0-9]{3,4}$/)
    .optional(),
})

const refused = (reason: Extract<PayAnswer, { kind: 'refused' }>['reason']): PayAnswer => ({ kind: 'refused', reason })

/** Pays the open payment with what the shopper chose. Whatever it answers, the payment itself says what became of it. */
export async function pay(id: string, given: Choice): Promise<PayAnswer> {
  const checkout = await openCheckout(id)
  if (!checkout) return refused('gone')
  const read = choice.safeParse(given)
  if (!read.success) return refused('wrong-means')
  const chosen = read.data
  const { gateway, payment, person } = checkout

  if (payment.state !== 'created') return refused('not-payable')
  const means = await meansOf(checkout, id, chosen)
  if (!('means' in means)) return means
  const email = (chosen.kind === 'typed' ? chosen.email : undefined) ?? person?.email
  const answer = await gateway.payments.pay(payment.merchantId, payment.id, {
    means: [means.means],
    ...(person && { shopperId: person.id }),
    ...(email && !payment.email && { email }),
  })
  const isUntried =
    answer.kind === 'refused' || (answer.kind === 'declined' && answer.payment.attempt === payment.attempt)
  // What it set aside is of no more use; one that was spent stays spent.
  if (isUntried && means.vcardId && person) await gateway.vcards.cancel(person.id, means.vcardId)
  if (answer.kind === 'refused') return refused(answer.reason)
  return isUntried && answer.kind === 'declined' ? { kind: 'declined', reason: answer.reason } : { kind: 'over' }
}

interface ChosenMeans {
  readonly means: MeansInput
  /** The V-Card that was made for this try. */
  readonly vcardId?: Uuid
}

async function meansOf(
  checkout: OpenCheckout,
  id: string,
  chosen: z.output<typeof choice>,
): Promise<ChosenMeans | PayAnswer> {
  const { gateway, payment, person } = checkout
  switch (chosen.kind) {
    case 'saved':
      return { means: { module: 'card', input: { cardId: chosen.cardId } } }
    case 'typed': {
      const card = typedCard.safeParse(
        await openSealed(gateway, chosen.message, { tid: id, tenantId: payment.merchantId }),
      )
      if (!card.success) return refused('sealed')
      const { number, expiry } = card.data
      if (chosen.remember && person) {
        await gateway.cards.add(person.id, { number, expiry, holderName: person.name, nickname: '' })
      }
      return { means: { module: 'card', input: card.data } }
    }
    case 'split': {
      const shares = readShares(chosen.shares)
      if (!shares || !person) return refused('wrong-means')
      const { merchantId, amount, currency } = payment
      const wanted = { merchantId, amount: money(amount, currency), shares, mayRetry: chosen.mayRetry }
      const made = await gateway.vcards.create(person.id, wanted)
      return made.kind === 'created'
        ? { means: { module: 'vcard', input: { vcardId: made.vcard.id } }, vcardId: made.vcard.id }
        : refused(made.reason === 'shares-do-not-sum' ? 'means-do-not-sum' : 'split')
    }
  }
}

/** The best division of the payment over the shopper's cards. */
export async function propose(id: string): Promise<SplitView> {
  const checkout = await openCheckout(id)
  if (!checkout?.person) return { kind: 'infeasible', why: '', leftOut: [] }
  const { gateway, payment, person } = checkout
  const { merchantId, amount, currency } = payment
  const proposal = await gateway.vcards.propose(person.id, { merchantId, amount: money(amount, currency) })
  return splitView(proposal, await walletOf(checkout))
}

/** What the shares cost and earn as the shopper has changed them. */
export async function evaluate(id: string, given: readonly ChosenShare[]): Promise<EvaluatedSplit> {
  const checkout = await openCheckout(id)
  const shares = readShares(given)
  if (!checkout?.person || !shares) return { kind: 'refused', message: '' }
  const { gateway, payment, person } = checkout
  const { merchantId, amount, currency } = payment
  const request = { merchantId, amount: money(amount, currency), shares }
  return evaluatedView(await gateway.vcards.evaluate(person.id, request), await walletOf(checkout), currency)
}

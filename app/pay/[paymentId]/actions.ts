'use server'

import { openCheckout, walletOf } from '@/app/_glue/checkout'
import type { OpenCheckout } from '@/app/_glue/checkout'
import { clientAddress } from '@/app/_glue/asker'
import { evaluatedView, readShares, splitView } from '@/app/_glue/split-view'
import type { Choice, PayAnswer } from '@/components/checkout/checkout-view'
import type { ChosenShare, EvaluatedSplit, SplitView } from '@/components/split/split-view'
import { type Money, money } from '@/lib/money/money'
import type { Payment } from '@/lib/payments/payment'
import { declinedCards } from '@/lib/vcard/declined-cards'
import { choiceInput, meansOf } from './_parts/chosen-means'

const refused = (reason: Extract<PayAnswer, { kind: 'refused' }>['reason']): PayAnswer => ({ kind: 'refused', reason })

/** Pays the open payment with what the shopper chose. Whatever it answers, the payment itself says what became of it. */
export async function pay(id: string, given: Choice): Promise<PayAnswer> {
  const checkout = await openCheckout(id)
  if (!checkout) return refused('gone')
  const read = choiceInput.safeParse(given)
  if (!read.success) return refused('wrong-means')
  const chosen = read.data
  const { gateway, payment, person } = checkout

  if (payment.state !== 'created') return refused('not-payable')
  const means = await meansOf(checkout, id, chosen)
  if (!('means' in means)) return means
  const email = means.email ?? person?.email
  const answer = await gateway.payments.pay(payment.merchantId, payment.id, {
    means: means.means,
    ...(person && { shopperId: person.id }),
    ...(email && !payment.email && { email }),
    address: await clientAddress(),
  })
  const isUntried =
    answer.kind === 'refused' || (answer.kind === 'declined' && answer.payment.attempt === payment.attempt)
  // What it set aside is of no more use; one that was spent stays spent.
  if (isUntried && means.vcardId && person) await gateway.vcards.cancel(person.id, means.vcardId)
  if (answer.kind === 'refused') return refused(answer.reason)
  if (person && means.account && isVerified(answer.payment)) {
    await gateway.bankAccounts.keep(person.id, means.account)
  }
  return isUntried && answer.kind === 'declined' ? { kind: 'declined', reason: answer.reason } : { kind: 'over' }
}

/** Whether the bank has said of the account of the latest try that it is there, its holder's, and able to pay. */
function isVerified({ legs, attempt }: Payment): boolean {
  const states = legs
    .filter((leg) => leg.attempt === attempt && leg.module === 'bank-transfer')
    .map(({ state }) => state)
  return states.some((state) => ['authorized', 'capturing', 'captured'].includes(state))
}

/**
 * The best division of the payment, or of a part of it, over the shopper's cards.
 * @param part the amount that the cards are to carry; all of it unless said
 */
export async function propose(id: string, part?: bigint): Promise<SplitView> {
  const checkout = await openCheckout(id)
  if (!checkout?.person) return { kind: 'infeasible', why: '', leftOut: [] }
  const { gateway, payment, person } = checkout
  const { merchantId } = payment
  const wanted = { merchantId, amount: amountOf(payment, part) }
  const without = declinedCards(payment.legs, person.id)
  const proposal = await gateway.vcards.propose(person.id, { ...wanted, without })
  // Better a card that may decline again than no way to pay at all.
  const isStuck = proposal.kind === 'infeasible' && without.length > 0
  return splitView(isStuck ? await gateway.vcards.propose(person.id, wanted) : proposal, await walletOf(checkout))
}

/** What the shares cost and earn as the shopper has changed them. */
export async function evaluate(id: string, given: readonly ChosenShare[], part?: bigint): Promise<EvaluatedSplit> {
  const checkout = await openCheckout(id)
  const shares = readShares(given)
  if (!checkout?.person || !shares) return { kind: 'refused', message: '' }
  const { gateway, payment, person } = checkout
  const request = { merchantId: payment.merchantId, amount: amountOf(payment, part), shares }
  return evaluatedView(await gateway.vcards.evaluate(person.id, request), await walletOf(checkout), payment.currency)
}

/** What cards would have to carry: a part of the payment, else all of it. */
function amountOf({ amount, currency }: OpenCheckout['payment'], part: unknown): Money {
  return money(typeof part === 'bigint' && part > 0n && part < amount ? part : amount, currency)
}

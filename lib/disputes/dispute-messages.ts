import { publicId, type Uuid, uuidAt } from '../ids'
import type { DisputeMailTopic, OutgoingMessage, WebhookTopic } from '../messages/message'
import type { Dispute } from './dispute'
import type { DisputeEvent } from './dispute-moves'

interface News {
  readonly webhook?: WebhookTopic
  readonly toShopper?: DisputeMailTopic
  readonly toShop?: DisputeMailTopic
}

const DECIDED: News = { webhook: 'dispute.decided', toShopper: 'dispute-decided', toShop: 'dispute-decided' }

/** Who is told of what. What leads to a decision without being one is told with the decision. */
const NEWS: Readonly<Partial<Record<DisputeEvent | 'claimed', News>>> = {
  claimed: { webhook: 'dispute.opened', toShopper: 'dispute-opened', toShop: 'dispute-opened' },
  answered: { webhook: 'dispute.answered', toShopper: 'dispute-answered' },
  conceded: { webhook: 'dispute.answered' },
  silent: { webhook: 'dispute.unanswered', toShopper: 'dispute-unanswered', toShop: 'dispute-unanswered' },
  turnedAway: DECIDED,
  refunded: DECIDED,
  withdrawn: { webhook: 'dispute.withdrawn', toShop: 'dispute-withdrawn' },
  ranOut: { webhook: 'dispute.expired', toShopper: 'dispute-expired', toShop: 'dispute-expired' },
}

/**
 * The messages that report a move: a webhook to the shop, a mail to the shopper, and one to each of the shop's owners. Pure: the
 * caller writes them in the transaction of the move.
 *
 * @param dispute as it is after the move
 */
export function composeDisputeMessages(
  event: DisputeEvent | 'claimed',
  dispute: Dispute,
  { owners, at }: { readonly owners: readonly Uuid[]; readonly at: Date },
): OutgoingMessage[] {
  const { webhook, toShopper, toShop } = NEWS[event] ?? {}
  const mail = (topic: DisputeMailTopic, audience: 'shopper' | 'shop', personId: Uuid): OutgoingMessage => ({
    ...{ id: uuidAt(at), at, kind: 'email', topic },
    payload: {
      ...{ audience, personId, locale: dispute.locale, dispute: publicId('dis', dispute.id) },
      ...{ payment: publicId('pay', dispute.paymentId), orderRef: dispute.orderRef, orderName: dispute.orderName },
      ...{ reason: dispute.reason, wanted: dispute.wanted.toString(), currency: dispute.currency },
      at: at.toISOString(),
      ...(untilOf(dispute) && { until: untilOf(dispute)!.toISOString() }),
      ...(wordsOf(event, dispute) && { words: wordsOf(event, dispute)! }),
      ...(event === 'answered' && dispute.offer !== undefined && { offer: dispute.offer.toString() }),
      ...(dispute.state === 'decided' &&
        dispute.outcome && { outcome: dispute.outcome, granted: (dispute.granted ?? 0n).toString() }),
    },
  })
  const data = { dispute: disputeData(dispute) }
  return [
    ...(webhook
      ? [
          {
            ...({ id: uuidAt(at), at, kind: 'webhook', topic: webhook } as const),
            payload: { type: webhook, timestamp: at.toISOString(), data },
          },
        ]
      : []),
    ...(toShopper ? [mail(toShopper, 'shopper', dispute.shopperId)] : []),
    ...(toShop ? owners.map((owner) => mail(toShop, 'shop', owner)) : []),
  ]
}

/** Until when whoever is written to may still say something. */
function untilOf({ state, answerBy, decideBy }: Dispute): Date | undefined {
  if (state === 'open') return answerBy
  return state === 'answered' || state === 'unanswered' ? decideBy : undefined
}

function wordsOf(event: DisputeEvent | 'claimed', { claim, answer, decision }: Dispute): string | undefined {
  if (event === 'claimed') return claim
  return event === 'answered' ? answer : event === 'turnedAway' || event === 'refunded' ? decision : undefined
}

/** A dispute as a webhook and the API show it. Amounts are minor units in decimal text. */
export function disputeData(dispute: Dispute) {
  const { offer, granted, outcome, decision, answer, refundId, decideBy, answeredAt, closedAt } = dispute
  return {
    id: publicId('dis', dispute.id),
    payment: publicId('pay', dispute.paymentId),
    orderRef: dispute.orderRef,
    orderName: dispute.orderName,
    reason: dispute.reason,
    claim: dispute.claim,
    wanted: dispute.wanted.toString(),
    currency: dispute.currency,
    state: dispute.state,
    answerBy: dispute.answerBy.toISOString(),
    ...(decideBy && { decideBy: decideBy.toISOString() }),
    ...(answer !== undefined && { answer }),
    ...(answeredAt && { answeredAt: answeredAt.toISOString() }),
    ...(offer !== undefined && { offer: offer.toString() }),
    ...(dispute.state === 'decided' && {
      ...(outcome && { outcome }),
      ...(granted !== undefined && { granted: granted.toString() }),
      ...(decision !== undefined && { decision }),
      ...(refundId && { refund: publicId('ref', refundId) }),
    }),
    createdAt: dispute.createdAt.toISOString(),
    ...(closedAt && { closedAt: closedAt.toISOString() }),
  }
}

import type Stripe from 'stripe'
import { z } from 'zod'
import type { StripeLink } from '../../gateways/stripe/stripe-link'
import { invariant } from '../../invariant'
import type { Authorization, LegToSettle, Outcome, PaymentModule, RefundToMake } from '../payment-module'
import { isKeyRefused, refundOutcome, refusalIn, refusalOfIntent } from './translate'

/** A payment method that Stripe has made of a card in the browser; numbers never come here. */
const stripeInput = z.strictObject({ paymentMethod: z.string().regex(/^pm_[A-Za-z0-9_]{1,100}$/) })

/** An intent as it stands now; without a status where Stripe does not tell. */
interface Standing {
  readonly id: string
  readonly status: Stripe.PaymentIntent.Status | undefined
}

/**
 * Cards by Stripe: a PaymentIntent that is confirmed at once and captured when everything is decided. What the payment's own
 * rows say is the truth; Stripe's word is asked for again, under the same idempotency key, until it is known.
 */
export function createStripeModule(connect: () => Promise<StripeLink>): PaymentModule {
  /** Sets the amount aside; said again under its key, it is the same intent, as it stands now as far as that can be learned. */
  async function intentOf(leg: LegToSettle): Promise<Standing> {
    const { paymentIntents } = await connect()
    const made = await paymentIntents.create(
      {
        amount: Number(leg.amount.amount),
        currency: leg.amount.currency.toLowerCase(),
        payment_method: String(leg.means['paymentMethod']),
        ...{ capture_method: 'manual', confirm: true },
        // Nobody is there to be sent elsewhere.
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        description: leg.orderName.slice(0, 200),
        metadata: { payment: leg.paymentId, leg: `${leg.attempt}.${leg.leg}`, merchant: leg.merchantId },
      },
      { idempotencyKey: `moa-${leg.authorizeReference}` },
    )
    // A repeated answer tells how it stood then: it may have been given up since.
    const isRepeated = made.lastResponse.headers['idempotent-replayed'] === 'true'
    return { id: made.id, status: isRepeated ? await statusOf(made.id) : made.status }
  }

  async function letGo(intent: string): Promise<Outcome> {
    const { paymentIntents } = await connect()
    try {
      const cancelled = await paymentIntents.cancel(intent)
      return cancelled.status === 'canceled' ? { kind: 'done' } : { kind: 'no-answer' }
    } catch (error) {
      return (await statusAfter(error, intent)) === 'canceled' ? { kind: 'done' } : { kind: 'no-answer' }
    }
  }

  /** How an intent stands after a no; undefined when nothing was said, or nothing can be learned. */
  async function statusAfter(error: unknown, intent: string): Promise<Standing['status']> {
    return refusalIn(error) && statusOf(intent)
  }

  async function statusOf(intent: string): Promise<Standing['status']> {
    try {
      return (await (await connect()).paymentIntents.retrieve(intent)).status
    } catch {
      return undefined
    }
  }

  /**
   * The refund that carries our reference, made now if there is none yet. It is looked for first: Stripe forgets the keys of
   * requests after a day, and whoever repeats one may come later than that.
   */
  async function refundOf(intent: string, { reference, amount }: RefundToMake): Promise<Stripe.Refund> {
    const { refunds } = await connect()
    for await (const made of refunds.list({ payment_intent: intent, limit: 100 })) {
      if (made.metadata?.['reference'] === reference) return made
    }
    return refunds.create(
      { payment_intent: intent, amount: Number(amount.amount), metadata: { reference } },
      { idempotencyKey: `moa-${reference}` },
    )
  }

  return {
    code: 'stripe',
    timing: 'immediate',

    plan({ amount, input }) {
      const read = stripeInput.safeParse(input)
      if (!read.success) return Promise.resolve({ kind: 'wrong-input' })
      const leg = { module: 'stripe', means: { paymentMethod: read.data.paymentMethod }, amount: amount.amount }
      return Promise.resolve({ kind: 'planned', legs: [leg] })
    },

    async authorize(leg): Promise<Authorization> {
      try {
        const intent = await intentOf(leg)
        switch (intent.status) {
          case 'requires_capture':
            return { kind: 'authorized', hold: { counterparty: 'stripe', intent: intent.id } }
          case 'requires_payment_method':
          case 'canceled':
            return { kind: 'declined', reason: 'declined' }
          case 'requires_action':
            await letGo(intent.id)
            return { kind: 'declined', reason: 'not-permitted' }
          default:
            return { kind: 'no-answer' }
        }
      } catch (error) {
        const refusal = refusalIn(error)
        if (refusal) return { kind: 'declined', reason: refusal.reason }
        // Nothing was asked before, and nothing was done now.
        const isNeverMade = isKeyRefused(error) && !leg.repeat
        return isNeverMade ? { kind: 'declined', reason: 'module-unavailable' } : { kind: 'no-answer' }
      }
    },

    async capture(leg): Promise<Outcome> {
      const intent = leg.hold?.['intent']
      invariant(intent, 'only what was set aside is captured')
      const { paymentIntents } = await connect()
      try {
        const captured = await paymentIntents.capture(intent, {}, { idempotencyKey: `moa-${leg.settleReference}` })
        return captured.status === 'succeeded' ? { kind: 'done' } : { kind: 'no-answer' }
      } catch (error) {
        switch (await statusAfter(error, intent)) {
          case 'succeeded':
            return { kind: 'done' }
          case 'canceled':
            return { kind: 'refused', reason: 'hold-lost' }
          default:
            return { kind: 'no-answer' }
        }
      }
    },

    async void(leg): Promise<Outcome> {
      const known = leg.hold?.['intent']
      if (known) return letGo(known)
      try {
        // What became of it is not known: the same request under its key says, or begins what is given up here.
        return await letGo((await intentOf(leg)).id)
      } catch (error) {
        return refusalIn(error) ? { kind: 'done' } : { kind: 'no-answer' }
      }
    },

    async refund(leg, refund): Promise<Outcome> {
      const intent = leg.hold?.['intent']
      invariant(intent, 'only what was captured is given back')
      try {
        return refundOutcome((await refundOf(intent, refund)).status)
      } catch (error) {
        const refusal = refusalOfIntent(error)
        return refusal ? { kind: 'refused', reason: refusal.reason } : { kind: 'no-answer' }
      }
    },
  }
}

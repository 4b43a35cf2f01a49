import type Stripe from 'stripe'
import { z } from 'zod'
import type { StripeLink } from '../../gateways/stripe/stripe-link'
import { invariant } from '../../invariant'
import type { Authorization, LegToSettle, Outcome, PaymentModule } from '../payment-module'
import { refusalIn } from './translate'

/** A payment method that Stripe has made of a card in the browser; numbers never come here. */
const stripeInput = z.strictObject({ paymentMethod: z.string().regex(/^pm_[A-Za-z0-9_]{1,100}$/) })

/**
 * Cards by Stripe: a PaymentIntent that is confirmed at once and captured when everything is decided. What the payment's own
 * rows say is the truth; Stripe's word is asked for again, under the same idempotency key, until it is known.
 */
export function createStripeModule(connect: () => Promise<StripeLink>): PaymentModule {
  /** Sets the amount aside; said again under its key, it is the same intent, as it stands now. */
  async function intentOf(leg: LegToSettle): Promise<Stripe.PaymentIntent> {
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
    return isRepeated ? paymentIntents.retrieve(made.id) : made
  }

  async function letGo(intent: string): Promise<Outcome> {
    const { paymentIntents } = await connect()
    try {
      const cancelled = await paymentIntents.cancel(intent)
      return cancelled.status === 'canceled' ? { kind: 'done' } : { kind: 'no-answer' }
    } catch (error) {
      return (await statusOf(intent, error)) === 'canceled' ? { kind: 'done' } : { kind: 'no-answer' }
    }
  }

  /** How an intent stands after a no; undefined when nothing was said, or nothing can be learned. */
  async function statusOf(intent: string, error: unknown): Promise<Stripe.PaymentIntent.Status | undefined> {
    if (!refusalIn(error)) return undefined
    try {
      return (await (await connect()).paymentIntents.retrieve(intent)).status
    } catch {
      return undefined
    }
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
        return refusal ? { kind: 'declined', reason: refusal.reason } : { kind: 'no-answer' }
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
        switch (await statusOf(intent, error)) {
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

    async refund(leg, { reference, amount }): Promise<Outcome> {
      const intent = leg.hold?.['intent']
      invariant(intent, 'only what was captured is given back')
      const { refunds } = await connect()
      try {
        const made = await refunds.create(
          { payment_intent: intent, amount: Number(amount.amount) },
          { idempotencyKey: `moa-${reference}` },
        )
        if (made.status === 'succeeded' || made.status === 'pending') return { kind: 'done' }
        return made.status === 'failed' || made.status === 'canceled'
          ? { kind: 'refused', reason: 'declined' }
          : { kind: 'no-answer' }
      } catch (error) {
        const refusal = refusalIn(error)
        return refusal ? { kind: 'refused', reason: refusal.reason } : { kind: 'no-answer' }
      }
    },
  }
}

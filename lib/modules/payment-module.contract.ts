import { beforeEach, describe, expect, test } from 'vitest'
import { type CallReference } from '../call-reference'
import { type Uuid, uuidAt } from '../ids'
import { krw } from '../money/money'
import type { DeclineReason } from '../payments/decline-reason'
import type { LegToSettle, PaymentModule, PlannedLeg, PlanRequest } from './payment-module'

/** What an outside system has done so far for the means under test, in minor units. */
export interface OutsideView {
  readonly held: bigint
  readonly charged: bigint
  readonly givenBack: bigint
}

/** How the outside system behaves at the next request of a kind. */
export type Misbehaviour = 'loses its answer' | 'declines'

export interface ModuleUnderTest {
  readonly module: PaymentModule
  /** Where amounts are set aside: by an outside system, whose answers can be lost, or in our own books. */
  readonly books: 'outside' | 'ours'
  /** True where nobody outside is asked at all, so that there is no answer to lose. */
  readonly asksNobody?: boolean
  /** What its decline is called; absent where nobody is asked who could decline. */
  readonly declined?: DeclineReason
  /** Only of a deferred means: whoever is to pay has paid what is awaited. */
  pays?(): Promise<void>
  /** A means with room for the amount. */
  aMeans(
    payment: { merchantId: Uuid; paymentId: Uuid },
    amount: bigint,
  ): Promise<Pick<PlanRequest, 'input' | 'shopperId'>>
  draw(): Promise<CallReference>
  outside(): Promise<OutsideView>
  misbehave(on: 'authorization' | 'completion' | 'reversal' | 'refund', how: Misbehaviour): Promise<void>
  /** What is held lapses, as if its time were over. */
  lapse(): Promise<void>
  reset(): Promise<void>
}

const AMOUNT = 12_000n
const NOTHING: OutsideView = { held: 0n, charged: 0n, givenBack: 0n }

/**
 * What every payment module promises (payment-module.ts), against its real outside system or a simulator of it: a verb
 * repeated for the same leg does nothing new and answers the same.
 */
export function keepsThePaymentModuleContract(start: () => ModuleUnderTest): void {
  describe('the contract of payment modules', () => {
    let subject: ModuleUnderTest
    let legs: LegToSettle[]
    /** What the shopper typed for each leg, by its number. */
    let secrets: Map<number, string | undefined>

    beforeEach(async () => {
      subject = start()
      await subject.reset()
      legs = await plannedLegs()
    })

    async function plannedLegs(): Promise<LegToSettle[]> {
      const merchantId = uuidAt(new Date())
      const paymentId = uuidAt(new Date())
      const means = await subject.aMeans({ merchantId, paymentId }, AMOUNT)
      const plan = await subject.module.plan({ merchantId, paymentId, amount: krw(AMOUNT), ...means })
      if (plan.kind !== 'planned') throw new Error(`not planned: ${plan.kind}`)
      secrets = new Map(plan.legs.map(({ secret }, index) => [index + 1, secret]))
      return Promise.all(plan.legs.map(async (leg, index) => aLeg(leg, index, plan.legs.length, merchantId, paymentId)))
    }

    async function aLeg(
      { means, amount }: PlannedLeg,
      index: number,
      of: number,
      merchantId: Uuid,
      paymentId: Uuid,
    ): Promise<LegToSettle> {
      return {
        ...{ merchantId, paymentId, attempt: 1, leg: index + 1, of, means, amount: krw(amount), repeat: false },
        payee: { merchantId, name: 'Moa Shop', localName: '모아 상점', categoryCode: '5411' },
        ...{ orderName: 'Two train tickets', locale: 'en' as const },
        authorizeReference: await subject.draw(),
      }
    }

    /** Every leg as it is settled next, under a reference of its own. */
    const settling = (each: readonly LegToSettle[]) =>
      Promise.all(each.map(async (leg) => ({ ...leg, settleReference: await subject.draw(), repeat: false })))
    const repeated = (each: readonly LegToSettle[]) => each.map((leg) => ({ ...leg, repeat: true }))
    const all = <Answer>(each: readonly LegToSettle[], verb: (leg: LegToSettle) => Promise<Answer>) =>
      Promise.all(each.map(verb))
    const done = () => legs.map(() => ({ kind: 'done' }))

    const authorize = (leg: LegToSettle) => subject.module.authorize(leg, secrets.get(leg.leg))
    /** What is set aside once everything is authorized. */
    const aside = () => (subject.module.holdsNothing ? 0n : AMOUNT)

    async function authorized(): Promise<LegToSettle[]> {
      return Promise.all(
        legs.map(async (leg) => {
          const answer = await authorize(leg)
          if (answer.kind !== 'authorized') throw new Error(`not authorized: ${answer.kind}`)
          return { ...leg, hold: answer.hold }
        }),
      )
    }

    /** A deferred means waits until it is paid, however often it is asked. */
    async function awaited(capturing: readonly LegToSettle[]): Promise<void> {
      if (subject.module.timing === 'immediate') return
      for (const leg of [...capturing, ...repeated(capturing)]) {
        expect(await subject.module.capture(leg)).toMatchObject({ kind: 'later' })
      }
      expect(await subject.outside()).toEqual({ ...NOTHING, held: AMOUNT })
      await subject.pays?.()
    }

    async function captured(): Promise<LegToSettle[]> {
      const capturing = await settling(await authorized())
      await awaited(capturing)
      expect(await all(capturing, subject.module.capture)).toEqual(done())
      return capturing
    }

    const half = (leg: LegToSettle) => krw(leg.amount.amount / 2n)

    test('planning moves nothing, and its legs carry the amount exactly', async () => {
      expect(legs.reduce((total, { amount }) => total + amount.amount, 0n)).toBe(AMOUNT)
      expect(await subject.outside()).toEqual(NOTHING)
    })

    test('input it cannot read is refused before anything happens', async () => {
      for (const input of [undefined, null, 'card', 7, {}, { unheard: 'of' }]) {
        const payment = { merchantId: uuidAt(new Date()), paymentId: uuidAt(new Date()) }
        const plan = await subject.module.plan({ ...payment, amount: krw(1), input })
        expect(plan).toEqual({ kind: 'wrong-input' })
      }
    })

    test('authorizing sets the amount aside and takes nothing', async () => {
      await authorized()
      expect(await subject.outside()).toEqual({ ...NOTHING, held: aside() })
    })

    test('capturing takes what was set aside, once, however often it is asked (P2.4)', async () => {
      const capturing = await captured()
      expect(await all(repeated(capturing), subject.module.capture)).toEqual(done())
      expect(await all(repeated(capturing), subject.module.capture)).toEqual(done())
      expect(await subject.outside()).toEqual({ ...NOTHING, charged: AMOUNT })
    })

    test('voiding gives back what was set aside, and may be repeated', async () => {
      const voiding = await settling(await authorized())
      expect(await all(voiding, subject.module.void)).toEqual(done())
      expect(await all(repeated(voiding), subject.module.void)).toEqual(done())
      expect(await subject.outside()).toEqual(NOTHING)
    })

    test('voiding what was never authorized is done (P3.4)', async () => {
      expect(await all(await settling(legs), subject.module.void)).toEqual(done())
      expect(await subject.outside()).toEqual(NOTHING)
    })

    test('an authorization that arrives after its void sets nothing aside (P3.4)', async () => {
      expect(await all(await settling(legs), subject.module.void)).toEqual(done())
      for (const answer of await all(legs, authorize)) {
        // Where nothing is ever set aside, hearing of the account again takes nothing.
        if (!subject.module.holdsNothing) expect(answer.kind).not.toBe('authorized')
      }
      expect(await subject.outside()).toEqual(NOTHING)
    })

    test('an authorization whose answer is lost is no answer, and its void gives everything back (P3.3)', async () => {
      if (subject.asksNobody) return
      for (const leg of legs) {
        await subject.misbehave('authorization', 'loses its answer')
        expect(await authorize(leg)).toEqual({ kind: 'no-answer' })
      }
      // Without the answer our own books hold nothing; what an outside system holds it does not tell.
      expect(await subject.outside()).toEqual({ ...NOTHING, held: subject.books === 'ours' ? 0n : aside() })
      expect(await all(await settling(legs), subject.module.void)).toEqual(done())
      expect(await subject.outside()).toEqual(NOTHING)
    })

    test('a capture or a void whose answer is lost is repeated without doing it twice', async () => {
      // Our own books do not lose their answers; that a repeat does nothing new is shown above.
      if (subject.books === 'ours') return
      for (const leg of await settling(await authorized())) {
        await subject.misbehave('completion', 'loses its answer')
        expect(await subject.module.capture(leg)).toEqual({ kind: 'no-answer' })
        expect(await subject.module.capture({ ...leg, repeat: true })).toEqual({ kind: 'done' })
      }
      expect(await subject.outside()).toEqual({ ...NOTHING, charged: AMOUNT })
      // Nobody is asked to give back what was never set aside.
      if (subject.module.holdsNothing) return
      legs = await plannedLegs()
      for (const leg of await settling(await authorized())) {
        await subject.misbehave('reversal', 'loses its answer')
        expect(await subject.module.void(leg)).toEqual({ kind: 'no-answer' })
        expect(await subject.module.void({ ...leg, repeat: true })).toEqual({ kind: 'done' })
      }
      expect(await subject.outside()).toEqual({ ...NOTHING, charged: AMOUNT })
    })

    test('a decline has a reason and sets nothing aside', async () => {
      if (!subject.declined) return
      for (const leg of legs) {
        await subject.misbehave('authorization', 'declines')
        expect(await authorize(leg)).toEqual({ kind: 'declined', reason: subject.declined })
      }
      expect(await subject.outside()).toEqual(NOTHING)
    })

    test('capturing what has lapsed is refused, never silently done', async () => {
      const capturing = await settling(await authorized())
      await subject.lapse()
      for (const outcome of await all(capturing, subject.module.capture)) expect(outcome.kind).toBe('refused')
      expect(await subject.outside()).toEqual(NOTHING)
    })

    test('refunds give back in parts, each once, and never beyond what was captured (P2.5)', async () => {
      const { refund } = subject.module
      if (!refund) return
      const legsCaptured = await captured()
      for (const leg of legsCaptured) {
        const first = { reference: await subject.draw(), amount: half(leg), repeat: false }
        if (subject.books === 'outside') {
          await subject.misbehave('refund', 'loses its answer')
          expect(await refund(leg, first)).toEqual({ kind: 'no-answer' })
        } else {
          expect(await refund(leg, first)).toEqual({ kind: 'done' })
        }
        expect(await refund(leg, { ...first, repeat: true })).toEqual({ kind: 'done' })
        const second = { reference: await subject.draw(), amount: half(leg), repeat: false }
        expect(await refund(leg, second)).toEqual({ kind: 'done' })
        const third = { reference: await subject.draw(), amount: half(leg), repeat: false }
        expect(await refund(leg, third)).toMatchObject({ kind: 'refused' })
      }
      expect(await subject.outside()).toEqual({ held: 0n, charged: AMOUNT, givenBack: AMOUNT })
    })
  })
}

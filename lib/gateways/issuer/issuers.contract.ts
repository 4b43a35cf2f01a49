import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OutsideWorld } from '../../../simulators/client'
import { demoCard, unissuedNumber } from '../../../simulators/issuers/demo-cards'
import type { CardRole } from '../../../simulators/issuers/demo-cards'
import type { CallReference } from '../../call-reference'
import { krw, usd } from '../../money/money'
import type { Money } from '../../money/money'
import type { AuthorizationRequest, Issuers, IssuerRefusal } from './issuer'
import { retrievalReference } from './messages'
import { anAcceptor, anAuthorization, aReference } from './requests.fixtures'

type Deed = Parameters<OutsideWorld['switch']>[1]['do']

/** What the contract needs: the port against an outside world whose issuers' books can be read and whose answers spoilt. */
export interface IssuersUnderTest {
  readonly issuers: Issuers
  /** The same issuers with a time limit so short that silence is noticed quickly. */
  readonly hasty: Issuers
  readonly world: OutsideWorld
  stop(): Promise<void>
}

const NO_ANSWER = { kind: 'no-answer' }
const APPROVED = { kind: 'approved' }
const refused = (reason: IssuerRefusal) => ({ kind: 'refused', reason })

/** What every adapter to the issuers owes the payment modules. */
export function describeIssuersContract(name: string, start: () => Promise<IssuersUnderTest>): void {
  describe(name, () => {
    let under: IssuersUnderTest
    beforeAll(async () => {
      under = await start()
    })
    afterAll(() => under.stop())
    beforeEach(async () => {
      await under.world.reset()
      // What an earlier test cut is connected again: whoever is hasty has no time to wait for that.
      await expect.poll(() => [under.issuers, under.hasty].every(isUp)).toBe(true)
    })

    const card = demoCard('hanbit', 'roomy')

    const onCard = (role: CardRole = 'roomy', changes: Partial<AuthorizationRequest> = {}) =>
      anAuthorization({ card: demoCard('hanbit', role), ...changes })

    const book = (authorization: CallReference) =>
      under.world.book('hanbit', { rrn: retrievalReference(authorization) })
    const spoil = (on: 'authorization' | 'completion' | 'reversal' | 'refund' | 'inquiry', deed: Deed) =>
      under.world.switch('hanbit', { on, do: deed, times: 1 })
    /** The deed has been done: however late a request comes that was given up, it is not the next one that is spoilt. */
    const spoilt = (on: Parameters<typeof spoil>[0]) =>
      expect.poll(async () => (await issuerState()).switches).not.toContainEqual(expect.objectContaining({ on }))

    /** An approved authorization, and the requests that may follow it. */
    async function anApproved(amount: Money = krw(30_000)) {
      const request = onCard('roomy', { amount })
      const answer = await under.issuers.authorize(request)
      if (answer.kind !== 'approved') throw new Error(`the authorization was to be approved, not ${answer.kind}`)
      const following = { card, acceptor: anAcceptor, amount, authorization: request.reference }
      return {
        request,
        answer,
        capture: (taken: Money = amount) => ({
          ...following,
          reference: aReference(),
          amount: taken,
          authorizationId: answer.authorizationId,
        }),
        reversal: () => ({ ...following, reference: aReference(), reason: 'customer-cancelled' as const }),
      }
    }

    async function aCaptured(amount: Money = krw(30_000)) {
      const { request, capture } = await anApproved(amount)
      const captureRequest = capture()
      expect(await under.issuers.capture(captureRequest)).toEqual(APPROVED)
      const refund = (back: Money) => ({
        reference: aReference(),
        card,
        acceptor: anAcceptor,
        amount: back,
        capture: captureRequest.reference,
      })
      return { request, captureRequest, refund }
    }

    describe('authorization', () => {
      test('an approved amount is held at the issuer, in the shop’s name (M-242, M-243, M-244)', async () => {
        const { request, answer } = await anApproved()
        expect((await book(request.reference)).holds).toMatchObject([
          { state: 'held', amount: '30000', currency: 'KRW', merchantName: 'moa seojeom Seoul', ...answerId(answer) },
        ])
      })

      test('each card is asked at its own issuer, in its own currency', async () => {
        const dollars = anAuthorization({ card: demoCard('atlas'), amount: usd(12_34) })
        expect(under.issuers.issuerOf(dollars.card.number)).toBe('atlas')
        expect(await under.issuers.authorize(dollars)).toMatchObject(APPROVED)
        const { holds } = await under.world.book('atlas', { rrn: retrievalReference(dollars.reference) })
        expect(holds).toMatchObject([{ amount: '1234', currency: 'USD' }])
      })

      test('the issuer’s book shows which leg of which V-Card an amount belongs to', async () => {
        const request = onCard('roomy', { vcardLeg: { vcardId: 'vcard_01jd', leg: 2, of: 3 } })
        await under.issuers.authorize(request)
        expect((await under.world.book('hanbit', { vcard: 'vcard_01jd' })).holds).toMatchObject([
          { rrn: retrievalReference(request.reference), vcard: 'vcard_01jd', leg: 2, of: 3 },
        ])
      })

      test.each<[CardRole, bigint, IssuerRefusal]>([
        ['declines', 1_000n, 'declined'],
        ['lost', 1_000n, 'lost-or-stolen'],
        ['stolen', 1_000n, 'lost-or-stolen'],
        ['small-limit', 50_001n, 'insufficient-funds'],
        ['expired', 1_000n, 'expired-card'],
        ['not-permitted', 1_000n, 'not-permitted'],
        ['restricted', 1_000n, 'not-permitted'],
        ['purchase-limit', 300_001n, 'limit-exceeded'],
        ['locked', 1_000n, 'pin-tries-exceeded'],
        ['unavailable', 1_000n, 'try-later'],
        ['malfunction', 1_000n, 'try-later'],
      ])('the card %s with %s won is refused: %s', async (role, amount, reason) => {
        const request = onCard(role, { amount: krw(amount) })
        expect(await under.issuers.authorize(request)).toEqual(refused(reason))
        expect((await book(request.reference)).holds).toEqual([])
      })

      test('a card used more often in a day than allowed is refused: limit-exceeded', async () => {
        for (const _time of [1, 2, 3]) {
          expect(await under.issuers.authorize(onCard('daily-count'))).toMatchObject(APPROVED)
        }
        expect(await under.issuers.authorize(onCard('daily-count'))).toEqual(refused('limit-exceeded'))
      })

      test('a number that was given to nobody is refused: no-such-card', async () => {
        const request = anAuthorization({ card: { number: unissuedNumber('hanbit'), expiry: '3112' } })
        expect(await under.issuers.authorize(request)).toEqual(refused('no-such-card'))
      })

      test('a wrong security code is refused', async () => {
        const securityCode = card.securityCode === '999' ? '998' : '999'
        const request = anAuthorization({ card: { ...card, securityCode } })
        expect(await under.issuers.authorize(request)).toEqual(refused('declined'))
      })

      test('a message the issuer cannot read is refused: format-error', async () => {
        const request = onCard('roomy', { amount: krw(0) })
        expect(await under.issuers.authorize(request)).toEqual(refused('format-error'))
      })

      test('a second authorization under a used reference is refused: duplicate', async () => {
        const { request } = await anApproved()
        expect(await under.issuers.authorize(request)).toEqual(refused('duplicate'))
        expect((await book(request.reference)).holds).toHaveLength(1)
      })
    })

    describe('completion', () => {
      test('takes the whole of what is held', async () => {
        const { request } = await aCaptured()
        const { holds, charges } = await book(request.reference)
        expect(holds).toMatchObject([{ state: 'completed' }])
        expect(charges).toMatchObject([{ amount: '30000', refunded: '0' }])
      })

      test('takes a part of what is held and frees the rest', async () => {
        const { request, capture } = await anApproved()
        expect(await under.issuers.capture(capture(krw(10_000)))).toEqual(APPROVED)
        const { charges, totals } = await book(request.reference)
        expect(charges).toMatchObject([{ amount: '10000' }])
        expect(totals.held).toBe('0')
      })

      test('never takes more than is held', async () => {
        const { capture } = await anApproved()
        expect(await under.issuers.capture(capture(krw(30_001)))).toEqual(refused('limit-exceeded'))
      })

      test('of an authorization the issuer does not know is refused', async () => {
        const { capture } = await anApproved()
        const unknown = { ...capture(), authorization: aReference() }
        expect(await under.issuers.capture(unknown)).toEqual(refused('original-not-found'))
      })

      test('of a hold that lapsed is refused', async () => {
        const { request, capture } = await anApproved()
        await under.world.lapse('hanbit', { rrn: retrievalReference(request.reference) })
        expect(await under.issuers.capture(capture())).toEqual(refused('original-not-found'))
      })
    })

    describe('reversal', () => {
      test.each([
        ['customer-cancelled', '17'],
        ['answer-too-late', '68'],
        ['other-leg-declined', '21'],
      ] as const)('because %s frees what is held', async (reason, code) => {
        const { request, reversal } = await anApproved()
        expect(await under.issuers.reverse({ ...reversal(), reason })).toEqual(APPROVED)
        const { holds, reversals, totals } = await book(request.reference)
        expect(holds).toMatchObject([{ state: 'reversed' }])
        expect(reversals).toMatchObject([{ reason: code, found: true }])
        expect(totals.held).toBe('0')
      })

      test('P3.4 of an authorization the issuer never had is done, and the authorization is refused when it comes after all', async () => {
        const request = onCard()
        const { reference, amount, acceptor } = request
        const reversal = { reference: aReference(), card, amount, acceptor, authorization: reference }
        expect(await under.issuers.reverse({ ...reversal, reason: 'answer-too-late' })).toEqual(APPROVED)
        expect(await under.issuers.authorize(request)).toEqual(refused('declined'))
        expect((await book(reference)).holds).toEqual([])
      })

      test('of a hold that lapsed is done', async () => {
        const { reversal } = await anApproved()
        await under.world.lapse('hanbit')
        expect(await under.issuers.reverse(reversal())).toEqual(APPROVED)
      })

      test('of a completed authorization is refused', async () => {
        const { request, capture, reversal } = await anApproved()
        await under.issuers.capture(capture())
        expect(await under.issuers.reverse(reversal())).toMatchObject({ kind: 'refused' })
        expect((await book(request.reference)).charges).toHaveLength(1)
      })
    })

    describe('refund', () => {
      test('P2.5 gives back what was taken in parts, and never more', async () => {
        const { request, refund } = await aCaptured()
        expect(await under.issuers.refund(refund(krw(10_000)))).toEqual(APPROVED)
        expect(await under.issuers.refund(refund(krw(20_001)))).toEqual(refused('limit-exceeded'))
        expect(await under.issuers.refund(refund(krw(20_000)))).toEqual(APPROVED)
        expect(await under.issuers.refund(refund(krw(1)))).toEqual(refused('limit-exceeded'))
        expect((await book(request.reference)).charges).toMatchObject([{ amount: '30000', refunded: '30000' }])
      })

      test('of a completion the issuer does not know is refused', async () => {
        const { refund } = await aCaptured()
        const unknown = { ...refund(krw(1)), capture: aReference() }
        expect(await under.issuers.refund(unknown)).toEqual(refused('original-not-found'))
      })
    })

    describe('balance inquiry', () => {
      const inquiry = (role: CardRole) => ({
        reference: aReference(),
        card: demoCard('hanbit', role),
        currency: 'KRW' as const,
        acceptor: anAcceptor,
      })

      test('says what is owed and what is left, holds counted', async () => {
        const { limit, owed } = demoCard('hanbit', 'everyday')
        await under.issuers.authorize(onCard('everyday', { amount: krw(50_000) }))
        expect(await under.issuers.inquire(inquiry('everyday'))).toEqual({
          kind: 'approved',
          owed,
          available: limit - owed - 50_000n,
        })
      })

      test('of a card that may not be used is refused', async () => {
        expect(await under.issuers.inquire(inquiry('lost'))).toEqual(refused('lost-or-stolen'))
      })

      test('P3.6 without balances is no answer', async () => {
        await spoil('inquiry', { kind: 'alter', field: 54, value: null })
        expect(await under.issuers.inquire(inquiry('everyday'))).toEqual(NO_ANSWER)
      })
    })

    describe('P2.4 the same request again', () => {
      test('an authorization is held once and answered with the same id', async () => {
        const { request, answer } = await anApproved()
        expect(await under.issuers.authorize({ ...request, repeat: true })).toEqual(answer)
        expect((await book(request.reference)).holds).toHaveLength(1)
      })

      test('a refusal stays refused', async () => {
        const request = onCard('small-limit', { amount: krw(60_000) })
        expect(await under.issuers.authorize(request)).toEqual(refused('insufficient-funds'))
        expect(await under.issuers.authorize({ ...request, repeat: true })).toEqual(refused('insufficient-funds'))
      })

      test('a completion charges once', async () => {
        const { request, captureRequest } = await aCaptured()
        expect(await under.issuers.capture({ ...captureRequest, repeat: true })).toEqual(APPROVED)
        expect((await book(request.reference)).charges).toHaveLength(1)
      })

      test('a reversal frees once', async () => {
        const { request, reversal } = await anApproved()
        const again = reversal()
        expect(await under.issuers.reverse(again)).toEqual(APPROVED)
        expect(await under.issuers.reverse({ ...again, repeat: true })).toEqual(APPROVED)
        expect((await book(request.reference)).reversals).toHaveLength(1)
      })

      test('a refund gives back once', async () => {
        const { request, refund } = await aCaptured()
        const again = refund(krw(10_000))
        expect(await under.issuers.refund(again)).toEqual(APPROVED)
        expect(await under.issuers.refund({ ...again, repeat: true })).toEqual(APPROVED)
        expect((await book(request.reference)).charges).toMatchObject([{ refunded: '10000' }])
      })

      test('a repeat whose first never arrived is worked on', async () => {
        expect(await under.issuers.authorize(onCard('roomy', { repeat: true }))).toMatchObject(APPROVED)
      })
    })

    describe('P3.3 work done and the answer lost', () => {
      test('an authorization has no answer; its reversal frees it', async () => {
        await spoil('authorization', { kind: 'lose-answer' })
        const request = onCard()
        expect(await under.hasty.authorize(request)).toEqual(NO_ANSWER)
        await spoilt('authorization')
        expect((await book(request.reference)).holds).toMatchObject([{ state: 'held' }])
        const { amount, acceptor, reference } = request
        const reversal = { reference: aReference(), card, amount, acceptor, authorization: reference }
        expect(await under.issuers.reverse({ ...reversal, reason: 'answer-too-late' })).toEqual(APPROVED)
        expect((await book(request.reference)).holds).toMatchObject([{ state: 'reversed' }])
      })

      test('a completion, a reversal and a refund have no answer, and are done once when repeated', async () => {
        await spoil('completion', { kind: 'lose-answer' })
        await spoil('reversal', { kind: 'lose-answer' })
        await spoil('refund', { kind: 'lose-answer' })

        const { capture } = await anApproved()
        const captureRequest = capture()
        expect(await under.hasty.capture(captureRequest)).toEqual(NO_ANSWER)
        await spoilt('completion')
        expect(await under.issuers.capture({ ...captureRequest, repeat: true })).toEqual(APPROVED)

        const { reversal } = await anApproved()
        const reversalRequest = reversal()
        expect(await under.hasty.reverse(reversalRequest)).toEqual(NO_ANSWER)
        await spoilt('reversal')
        expect(await under.issuers.reverse({ ...reversalRequest, repeat: true })).toEqual(APPROVED)

        const refund = {
          reference: aReference(),
          card,
          acceptor: anAcceptor,
          amount: krw(5_000),
          capture: captureRequest.reference,
        }
        expect(await under.hasty.refund(refund)).toEqual(NO_ANSWER)
        await spoilt('refund')
        expect(await under.issuers.refund({ ...refund, repeat: true })).toEqual(APPROVED)

        const { counts, totals } = await under.world.book('hanbit')
        expect(counts).toEqual({ holds: 2, charges: 1, refunds: 1, reversals: 1 })
        expect(totals.held).toBe('0')
      })
    })

    describe('P3.6 an issuer that misbehaves', () => {
      test.each<[string, Deed]>([
        ['is silent', { kind: 'stall' }],
        ['does the work and is silent', { kind: 'lose-answer' }],
        ['hangs up before the work', { kind: 'drop-before' }],
        ['hangs up after the work', { kind: 'drop-after' }],
        ['answers too late', { kind: 'late', ms: 2_000 }],
        ['answers with garbage', { kind: 'garbage' }],
        ['answers about another amount', { kind: 'wrong-amount' }],
        ['answers about another trace number', { kind: 'wrong-stan' }],
        ['answers with a code nobody knows', { kind: 'unknown-code' }],
        ['answers in another currency', { kind: 'alter', field: 49, value: '840' }],
        ['answers about another presentment', { kind: 'alter', field: 37, value: '000000000000' }],
        ['answers about another card', { kind: 'alter', field: 2, value: '9400010000000019' }],
        ['answers to another acquirer', { kind: 'alter', field: 32, value: '1' }],
        ['approves without an authorization id', { kind: 'alter', field: 38, value: null }],
        ['answers without a response code', { kind: 'alter', field: 39, value: null }],
      ])('that %s has not answered, and the next request is answered', async (_, deed) => {
        await spoil('authorization', deed)
        expect(await under.hasty.authorize(onCard())).toEqual(NO_ANSWER)
        await spoilt('authorization')
        expect(await under.issuers.authorize(onCard())).toMatchObject(APPROVED)
      })

      test.each<[string, Deed]>([
        ['twice', { kind: 'twice' }],
        ['out of order', { kind: 'out-of-order' }],
        ['slowly, but in time', { kind: 'late', ms: 50 }],
      ])('that answers %s has answered', async (_, deed) => {
        await spoil('authorization', deed)
        const requests = [onCard(), onCard()]
        const answers = await Promise.all(requests.map((request) => under.issuers.authorize(request)))
        for (const [index, { reference }] of requests.entries()) {
          expect((await book(reference)).holds).toMatchObject([answerId(answers[index]!)])
        }
      })

      test('that cuts every connection has not answered what was under way, and answers again afterwards', async () => {
        await spoil('authorization', { kind: 'stall' })
        const answer = under.issuers.authorize(onCard())
        await expect.poll(async () => (await issuerState()).switches).toEqual([])
        await under.world.disconnect('hanbit')
        expect(await answer).toEqual(NO_ANSWER)
        // The news reaches one connection after the other; until then a request may still go into a dead one.
        await expect.poll(async () => (await under.issuers.authorize(onCard())).kind).toBe('approved')
      })

      test('P3.5 does not touch the cards of another', async () => {
        await under.world.switch('hanbit', { on: 'any', do: { kind: 'stall' } })
        const silent = under.hasty.authorize(onCard())
        const other = anAuthorization({ card: demoCard('saero') })
        expect(await under.issuers.authorize(other)).toMatchObject(APPROVED)
        expect(await silent).toEqual(NO_ANSWER)
      })
    })

    const isUp = (issuers: Issuers) => issuers.states().find(({ code }) => code === 'hanbit')!.connectionsUp > 0
    const issuerState = async () => (await under.world.state()).issuers.find(({ code }) => code === 'hanbit')!
    const answerId = (answer: Awaited<ReturnType<Issuers['authorize']>>) => ({
      authorizationId: answer.kind === 'approved' ? answer.authorizationId : undefined,
    })
  })
}

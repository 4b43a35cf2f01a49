import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OutsideWorld } from '../../../simulators/client'
import { demoLine, type LineRole, UNKNOWN_CALLING_CARD, UNKNOWN_LINE } from '../../../simulators/telco/demo-lines'
import type { TelcoSwitch } from '../../../simulators/telco/deeds'
import { krw } from '../../money/money'
import { nameHashOf } from './name-hash'
import { anAuthentication, aPurchase, callingOf } from './requests.fixtures'
import type { TelcoRefusal, Telcos } from './telco'

/** What the contract needs: the port against an outside world whose books can be read and whose answers spoilt. */
export interface TelcosUnderTest {
  readonly telcos: Telcos
  /** The same systems with a time limit so short that silence is noticed quickly. */
  readonly hasty: Telcos
  readonly world: OutsideWorld
  stop(): Promise<void>
}

const NO_ANSWER = { kind: 'no-answer' }
const APPROVED = { kind: 'approved' }

/** What every adapter to the customer management systems owes the phone bill. */
export function describeTelcosContract(name: string, start: () => Promise<TelcosUnderTest>): void {
  describe(name, () => {
    let under: TelcosUnderTest
    beforeAll(async () => {
      under = await start()
    })
    afterAll(() => under.stop())
    beforeEach(async () => {
      await under.world.reset()
      // What an earlier test cut is connected again: whoever is hasty has no time to wait for that.
      await expect.poll(() => [under.telcos, under.hasty].every(isUp)).toBe(true)
    })
    const isUp = (telcos: Telcos) => telcos.states().every(({ connectionsUp }) => connectionsUp > 0)

    const spoil = (wanted: TelcoSwitch['do'], times = 1) =>
      under.world.telcoSwitch('baram', { on: 'authenticate', do: wanted, times })
    /** The deed has been done: however late a request comes that was given up, it is not the next one that is spoilt. */
    const spoilt = () =>
      expect
        .poll(async () => (await under.world.state()).telcos.find(({ code }) => code === 'baram')!.switches)
        .toEqual([])

    describe('M-17: a purchase is asked of the system that the number belongs to', () => {
      test('a telephone number at PSTN/ISDN, a calling card at IN', async () => {
        expect(under.telcos.systemOf(callingOf('mobile'))).toBe('baram')
        expect(under.telcos.systemOf(callingOf('card'))).toBe('nuri')
        expect(under.telcos.systemOf({ kind: 'line', number: '+4930123456' })).toBeUndefined()
        const [line, card] = [anAuthentication('mobile'), anAuthentication('card')]
        expect(await under.telcos.authenticate(line)).toMatchObject({ ...APPROVED, system: 'baram' })
        expect(await under.telcos.authenticate(card)).toMatchObject({ ...APPROVED, system: 'nuri' })
        expect((await under.world.telcoBook('baram')).requests).toMatchObject([{ tid: line.purchase.tid }])
        expect((await under.world.telcoBook('nuri')).requests).toMatchObject([{ tid: card.purchase.tid }])
      })

      test('a number of none of the systems has no answer', async () => {
        const calling = { kind: 'line', number: '+4930123456' } as const
        expect(await under.telcos.authenticate(anAuthentication('mobile', { calling }))).toEqual(NO_ANSWER)
      })

      test('its book shows the shop, what was bought and the amount', async () => {
        const purchase = aPurchase({ merchant: '하늘 레코드', description: '음반', amount: krw(31_500) })
        await under.telcos.authenticate(anAuthentication('roomy', { purchase }))
        expect((await under.world.telcoBook('baram')).requests).toMatchObject([
          { tid: purchase.tid, merchant: '하늘 레코드', description: '음반', amount: '31500' },
        ])
      })
    })

    test.each<[LineRole, object]>([
      ['mobile', { lineKind: 'ISDN', monthlyCap: 500_000n }],
      ['fixed', { lineKind: 'PSTN', monthlyCap: 300_000n }],
      ['fixed-notify', { lineKind: 'PSTN', notify: demoLine('mobile').number }],
      ['card', { lineKind: 'IN', monthlyCap: 200_000n, notify: demoLine('mobile').number }],
    ])('an active %s line is approved, with what is known of it', async (role, facts) => {
      expect(await under.telcos.authenticate(anAuthentication(role))).toMatchObject({ ...APPROVED, ...facts })
    })

    test('a line where codes go to the line itself has no other number to tell', async () => {
      expect(await under.telcos.authenticate(anAuthentication('fixed'))).not.toHaveProperty('notify')
    })

    test.each<[LineRole, bigint, TelcoRefusal]>([
      ['arrears', 1_000n, 'arrears'],
      ['suspended', 1_000n, 'suspended'],
      ['terminated', 1_000n, 'terminated'],
      ['not-billable', 1_000n, 'not-billable'],
      ['capped', 20_001n, 'cap-exceeded'],
      ['card-arrears', 1_000n, 'arrears'],
      ['card-suspended', 1_000n, 'suspended'],
      ['card-locked', 1_000n, 'pin-locked'],
    ])('the line %s is refused for %s won: %s', async (role, amount, reason) => {
      const answer = await under.telcos.authenticate(
        anAuthentication(role, { purchase: aPurchase({ amount: krw(amount) }) }),
      )
      expect(answer).toMatchObject({ kind: 'refused', reason })
    })

    test('up to its cap a line is approved', async () => {
      const purchase = aPurchase({ amount: krw(20_000) })
      expect(await under.telcos.authenticate(anAuthentication('capped', { purchase }))).toMatchObject(APPROVED)
    })

    test('arrears come with what is overdue', async () => {
      expect(await under.telcos.authenticate(anAuthentication('arrears'))).toEqual({
        ...{ kind: 'refused', system: 'baram', reason: 'arrears', overdueAmount: 83_400n },
      })
    })

    test.each([
      ['telephone number', { kind: 'line', number: UNKNOWN_LINE } as const],
      ['calling card', { kind: 'calling-card', number: UNKNOWN_CALLING_CARD, pin: '0000' } as const],
    ])('a %s that nobody has is refused: unknown-number', async (_, calling) => {
      expect(await under.telcos.authenticate(anAuthentication('mobile', { calling }))).toMatchObject({
        ...{ kind: 'refused', reason: 'unknown-number' },
      })
    })

    test('a wrong PIN is refused, and the third in a row locks the card, also for the right one', async () => {
      const { number } = demoLine('card')
      const tries: unknown[] = []
      for (const pin of ['0000', '1111', '2222', '4821']) {
        const answer = await under.telcos.authenticate(
          anAuthentication('card', { calling: { kind: 'calling-card', number, pin } }),
        )
        tries.push(answer.kind === 'refused' ? answer.reason : answer.kind)
      }
      expect(tries).toEqual(['pin-wrong', 'pin-wrong', 'pin-locked', 'pin-locked'])
    })

    test.each([
      ['name', { nameHash: nameHashOf('한 지우'), birthDate: '1990-04-12' }, 'approved'],
      ['other name', { nameHash: nameHashOf('김하늘'), birthDate: '1990-04-12' }, 'refused'],
      ['other birth date', { nameHash: nameHashOf('한지우'), birthDate: '1990-04-13' }, 'refused'],
    ])('a subscriber is matched by name and birth date: %s', async (_, subscriber, kind) => {
      const answer = await under.telcos.authenticate(anAuthentication('mobile', { subscriber }))
      expect(answer).toMatchObject(kind === 'approved' ? APPROVED : { kind, reason: 'subscriber-mismatch' })
    })

    test('a request that the system cannot read is refused: format', async () => {
      const calling = { kind: 'line', number: '+82' } as const
      expect(await under.telcos.authenticate(anAuthentication('mobile', { calling }))).toMatchObject({
        ...{ kind: 'refused', reason: 'format' },
      })
    })

    test('a status is asked without a purchase, and of a calling card without its PIN', async () => {
      const ask = (role: LineRole) => under.telcos.status({ reference: randomUUID(), calling: { ...callingOf(role) } })
      expect(await ask('mobile')).toMatchObject(APPROVED)
      expect(await ask('card')).toMatchObject(APPROVED)
      expect(await ask('arrears')).toMatchObject({ kind: 'refused', reason: 'arrears', overdueAmount: 83_400n })
    })

    describe('P7.1: a system', () => {
      test.each<[string, TelcoSwitch['do']]>([
        ['hangs up before it answers', { kind: 'drop-before' }],
        ['hangs up after the work', { kind: 'drop-after' }],
        ['asks to try later', { kind: 'decline', code: 'TRY_LATER' }],
        ['answers with a result that is not in the profile', { kind: 'unknown-code' }],
        ['sends a frame that is too long', { kind: 'oversize' }],
      ])('that %s has not answered, and the next request is answered', async (_, wanted) => {
        await spoil(wanted)
        expect(await under.telcos.authenticate(anAuthentication())).toEqual(NO_ANSWER)
        expect(await under.telcos.authenticate(anAuthentication())).toMatchObject(APPROVED)
      })

      test.each<[string, TelcoSwitch['do']]>([
        ['is silent', { kind: 'stall' }],
        ['does the work and is silent', { kind: 'lose-answer' }],
        ['answers too late', { kind: 'late', ms: 600 }],
        ['answers to a request that was never made', { kind: 'wrong-id' }],
        ['sends something that is no answer', { kind: 'garbage' }],
      ])('that %s has not answered within the time limit, and the next request is answered', async (_, wanted) => {
        await spoil(wanted)
        expect(await under.hasty.authenticate(anAuthentication())).toEqual(NO_ANSWER)
        await spoilt()
        expect(await under.telcos.authenticate(anAuthentication())).toMatchObject(APPROVED)
      })

      test('that answers twice has answered once', async () => {
        await spoil({ kind: 'twice' })
        expect(await under.telcos.authenticate(anAuthentication())).toMatchObject(APPROVED)
        expect(await under.telcos.authenticate(anAuthentication())).toMatchObject(APPROVED)
      })

      test('that lost its answer gives the same one to a repeat, whatever has become of the line', async () => {
        await spoil({ kind: 'lose-answer' })
        const request = anAuthentication()
        expect(await under.hasty.authenticate(request)).toEqual(NO_ANSWER)
        await spoilt()
        await under.world.changeLine('baram', { number: request.calling.number, standing: 'suspended' })
        expect(await under.telcos.authenticate(request)).toMatchObject(APPROVED)
        expect((await under.world.telcoBook('baram')).count).toBe(1)
      })

      test('that asked to try later works on the repeat', async () => {
        await spoil({ kind: 'decline', code: 'TRY_LATER' })
        const request = anAuthentication()
        expect(await under.telcos.authenticate(request)).toEqual(NO_ANSWER)
        expect(await under.telcos.authenticate(request)).toMatchObject(APPROVED)
      })

      test('that is silent does not touch the lines of another (P3.5)', async () => {
        await spoil({ kind: 'stall' }, 50)
        const stalled = Promise.all(Array.from({ length: 50 }, () => under.hasty.authenticate(anAuthentication())))
        expect(await under.telcos.authenticate(anAuthentication('card'))).toMatchObject(APPROVED)
        expect(new Set((await stalled).map(({ kind }) => kind))).toEqual(new Set(['no-answer']))
      })
    })

    test('a thousand requests at once all find their own answers', async () => {
      const requests = Array.from({ length: 1000 }, (_, at) =>
        anAuthentication(at % 2 === 0 ? 'roomy' : 'arrears', { purchase: aPurchase({ amount: krw(at + 1) }) }),
      )
      const answers = await Promise.all(requests.map((request) => under.telcos.authenticate(request)))
      expect(answers.map(({ kind }) => kind)).toEqual(requests.map((_, at) => (at % 2 === 0 ? 'approved' : 'refused')))
    })
  })
}

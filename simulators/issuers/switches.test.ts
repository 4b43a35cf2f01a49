import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WorldInside } from '../world.fixtures'
import { worldInside } from '../world.fixtures'
import type { Acquirer } from './acquirer.fixtures'
import { completionOf, connect, network, presentment, reversalOf } from './acquirer.fixtures'
import type { Deed } from './deeds'
import { demoCard } from './demo-cards'

let world: WorldInside
let acquirer: Acquirer
beforeAll(async () => {
  world = await worldInside()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.reset()
  acquirer = await connect(world.portOf('narae'))
})
afterEach(() => acquirer.close())

const card = demoCard('narae')
const purchase = (amount = 1000) => presentment({ card, amount })
const held = async () => (await world.book('narae')).totals.held
/** An echo comes back after everything before it has been worked on. */
const echo = () => acquirer.ask('0800', network('301'))
const once = (deed: Deed, on: 'authorization' | 'reversal' | 'completion' | 'network' | 'any' = 'authorization') =>
  world.switch('narae', { on, do: deed, times: 1 })

describe('a switch makes the issuer', () => {
  test('decline with any code, as often as said, and remember it for the repeat', async () => {
    await world.switch('narae', { on: 'authorization', do: { kind: 'decline', code: '51' }, times: 2 })
    const first = purchase()
    const codes = [
      (await acquirer.ask('0100', first))?.fields[39],
      (await acquirer.ask('0100', purchase()))?.fields[39],
      (await acquirer.ask('0100', purchase()))?.fields[39],
      (await acquirer.ask('0101', first))?.fields[39],
    ]
    expect(codes).toEqual(['51', '51', '00', '51'])
  })

  test('stall: no work, no answer, and the repeat is worked on', async () => {
    await once({ kind: 'stall' })
    const wanted = purchase()
    acquirer.send('0100', wanted)
    await echo()
    expect(acquirer.received).toEqual([])
    expect(await held()).toBe('0')
    expect((await acquirer.ask('0101', wanted))?.fields[39]).toBe('00')
  })

  test('do the work and lose the answer', async () => {
    await once({ kind: 'lose-answer' })
    acquirer.send('0100', purchase())
    await echo()
    expect(acquirer.received).toEqual([])
    expect(await held()).toBe('1000')
  })

  test.each([
    ['drop-before', '0'],
    ['drop-after', '1000'],
  ] as const)('cut the line (%s): %s is held afterwards', async (kind, amount) => {
    await once({ kind })
    expect(await acquirer.ask('0100', purchase())).toBeUndefined()
    expect(await held()).toBe(amount)
  })

  test('answer late what it did at once', async () => {
    await once({ kind: 'late', ms: 60 })
    const late = acquirer.ask('0100', purchase())
    await echo()
    expect(await held()).toBe('1000')
    expect((await late)?.fields[39]).toBe('00')
  })

  test('start late, so that a reversal overtakes its authorization', async () => {
    await once({ kind: 'delay', ms: 60 })
    const wanted = purchase()
    const late = acquirer.ask('0100', wanted)
    expect((await acquirer.ask('0400', reversalOf(wanted)))?.fields[39]).toBe('25')
    expect((await late)?.fields[39]).toBe('05')
    expect(await held()).toBe('0')
  })

  test('start late even though the line has gone meanwhile', async () => {
    await once({ kind: 'delay', ms: 60 })
    acquirer.send('0100', purchase())
    await echo()
    acquirer.close()
    await expect.poll(held).toBe('1000')
  })

  test('answer twice', async () => {
    await once({ kind: 'twice' })
    const wanted = purchase()
    const answer = await acquirer.ask('0100', wanted)
    await echo()
    expect(acquirer.received).toEqual([answer])
    expect(await held()).toBe('1000')
  })

  test('answer out of order', async () => {
    await once({ kind: 'out-of-order' })
    const [first, second] = [purchase(1), purchase(2)]
    acquirer.send('0100', first)
    acquirer.send('0100', second)
    const order = [(await acquirer.next())?.fields[11], (await acquirer.next())?.fields[11]]
    expect(order).toEqual([second[11], first[11]])
  })

  test('send garbage in place of the answer', async () => {
    await once({ kind: 'garbage' })
    acquirer.send('0100', purchase())
    expect((await acquirer.next())?.mti).toBe('????')
    expect(await held()).toBe('1000')
  })

  test.each<[Deed, number, string | undefined]>([
    [{ kind: 'wrong-amount' }, 4, '000000001001'],
    [{ kind: 'unknown-code' }, 39, 'Z9'],
    [{ kind: 'alter', field: 49, value: '840' }, 49, '840'],
    [{ kind: 'alter', field: 38, value: null }, 38, undefined],
  ])('send an answer that is wrong: %j', async (deed, field, value) => {
    await once(deed)
    const answer = await acquirer.ask('0100', purchase())
    expect(answer?.fields[field]).toBe(value)
    expect(await held()).toBe('1000')
  })

  test('answer under a wrong trace number', async () => {
    await once({ kind: 'wrong-stan' })
    const wanted = purchase()
    acquirer.send('0100', wanted)
    const answer = await acquirer.next()
    expect(Number(answer?.fields[11])).toBe(Number(wanted[11]) + 1)
  })

  test('refuse the sign-on', async () => {
    await once({ kind: 'decline', code: '91' }, 'network')
    const fresh = await connect(world.portOf('narae'))
    expect((await fresh.ask('0100', purchase()))?.fields[39]).toBe('91')
    fresh.close()
  })

  test('be away for one card, one sort of message, until the switch is cleared', async () => {
    await world.switch('narae', { on: 'completion', card: card.number, do: { kind: 'decline', code: '96' } })
    const wanted = purchase()
    const id = (await acquirer.ask('0100', wanted))?.fields[38]
    const completion = completionOf(wanted, id)
    expect((await acquirer.ask('0220', completion))?.fields[39]).toBe('96')
    expect((await acquirer.ask('0221', completion))?.fields[39]).toBe('96')
    const other = presentment({ card: demoCard('narae', 'everyday') })
    const otherId = (await acquirer.ask('0100', other))?.fields[38]
    expect((await acquirer.ask('0220', completionOf(other, otherId)))?.fields[39]).toBe('00')
    await world.clearSwitches('narae')
    expect((await acquirer.ask('0221', completion))?.fields[39]).toBe('00')
  })
})

test('all connections can be cut at once', async () => {
  await world.disconnect('narae')
  await acquirer.closed
  const { issuers } = await world.state()
  expect(issuers.find(({ code }) => code === 'narae')?.links.open).toBe(0)
})

test('a switch that makes no sense is refused in words', async () => {
  const nonsense = { kind: 'alter', field: 49, value: 'won' } as const
  await expect(world.switch('narae', { on: 'any', do: nonsense })).rejects.toThrow(/written form/)
})

test('a reset forgets what was to be worked on later', async () => {
  await once({ kind: 'delay', ms: 30 })
  acquirer.send('0100', purchase())
  await echo()
  await world.reset()
  await once({ kind: 'delay', ms: 60 })
  await acquirer.ask('0100', purchase(5))
  expect(await held()).toBe('5')
})

test('every issuer waits before each answer when it is told to', async () => {
  const slow = await worldInside({ delayMs: 30 })
  const patient = await connect(slow.portOf('narae'))
  const wanted = purchase()
  const answer = patient.ask('0100', wanted)
  await patient.ask('0800', network('301'))
  // Done, but not told yet: what is told at once has overtaken it.
  expect((await slow.book('narae')).totals.held).toBe('1000')
  expect((await answer)?.fields[39]).toBe('00')
  patient.close()
  await slow.close()
})

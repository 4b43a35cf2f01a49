import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Uuid } from '../ids'
import { krw } from '../money/money'
import type { Agent } from './agent.fixtures'
import { aPerson, aShop, aShopper, startAgent } from './agent.fixtures'
import { drawVCardNumber } from './vcard-number'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let agent: Agent
beforeAll(async () => {
  agent = await startAgent()
})
afterAll(() => agent.close())
beforeEach(async () => {
  await agent.world.reset()
  // At the beginning of a day, so that what is tried falls into one window.
  agent.clock.advance(DAY - (agent.clock.now().getTime() % DAY))
})

const anAddress = () => `198.51.${randomInt(256)}.${randomInt(256)}`
const wrong = drawVCardNumber

/** A shop with one V-Card that is good there, and what it is like to type numbers at its checkout. */
async function guessedAt() {
  const merchantId = await aShop(agent.database)
  const { shopper, ids } = await aShopper(agent, [['hanbit']])
  const amount = krw(10)
  const shares = [{ cardId: ids[0]!, amount: 10n }]
  const made = await agent.vcards.create(shopper, { merchantId, amount, shares, mayRetry: false })
  if (made.kind !== 'created') throw new Error(made.reason)
  return {
    merchantId,
    right: made.number,
    type: async (number: string, typedBy: { paymentId: Uuid; address?: string }, vcards = agent.vcards) =>
      (await vcards.resolve(number, { merchantId, amount, typedBy })) !== undefined,
    /** As a shop sends a number itself. */
    send: async (number: string) => (await agent.vcards.resolve(number, { merchantId, amount })) !== undefined,
  }
}

async function lookedUp(merchantId: Uuid): Promise<number> {
  const { rows } = await agent.database.pool.query<{ count: number }>(
    'select coalesce(sum(count), 0)::int as count from rate_count where subject = $1',
    [`vcard-number:${merchantId}`],
  )
  return rows[0]!.count
}

describe('wrong V-Card numbers (P8.3)', () => {
  test('are five for a payment; the sixth number is not looked up, not even the right one', async () => {
    const { right, type } = await guessedAt()
    const typedBy = { paymentId: aPerson() }
    for (let tries = 0; tries < 4; tries++) expect(await type(wrong(), typedBy)).toBe(false)
    expect(await type(right, typedBy)).toBe(true)
    expect(await type(wrong(), typedBy)).toBe(false)
    expect(await type(right, typedBy)).toBe(false)
    // Another process counts the same, another payment goes on.
    expect(await type(right, typedBy, agent.build())).toBe(false)
    expect(await type(right, { paymentId: aPerson() })).toBe(true)
  })

  test('are twenty an hour from one address, whatever payments they are typed for', async () => {
    const { right, type } = await guessedAt()
    const address = anAddress()
    for (let tries = 0; tries < 20; tries++) await type(wrong(), { paymentId: aPerson(), address })
    expect(await type(right, { paymentId: aPerson(), address })).toBe(false)
    expect(await type(right, { paymentId: aPerson(), address: anAddress() })).toBe(true)
    agent.clock.advance(HOUR)
    expect(await type(right, { paymentId: aPerson(), address })).toBe(true)
  })

  test('do not get past the bound in a burst: of sixty at once, over two processes, five are looked up', async () => {
    const { merchantId, right, type } = await guessedAt()
    const typedBy = { paymentId: aPerson(), address: anAddress() }
    const other = agent.build()
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => type(wrong(), typedBy, index % 2 ? other : agent.vcards)),
    )
    expect(await lookedUp(merchantId)).toBe(5)
    expect(await type(right, typedBy)).toBe(false)
  })

  test('of one stranger leave every other shopper of the shop alone', async () => {
    const { merchantId, right, type, send } = await guessedAt()
    const address = anAddress()
    for (let tries = 0; tries < 150; tries++) await type(wrong(), { paymentId: aPerson(), address })
    expect(await lookedUp(merchantId)).toBe(20)
    expect(await type(right, { paymentId: aPerson(), address: anAddress() })).toBe(true)
    expect(await send(right)).toBe(true)
  })

  test('are bounded through a shop too, far above that', async () => {
    const { merchantId, right, send } = await guessedAt()
    for (let tries = 0; tries < 120; tries++) expect(await send(wrong())).toBe(false)
    expect(await send(right)).toBe(true)
    await agent.database.pool.query('update rate_count set count = 10000 where subject = $1', [
      `vcard-number:${merchantId}`,
    ])
    expect(await send(right)).toBe(false)
    agent.clock.advance(HOUR)
    expect(await send(right)).toBe(true)
  })

  test('are not what a right number is, however often it is typed', async () => {
    const { right, type } = await guessedAt()
    const typedBy = { paymentId: aPerson(), address: anAddress() }
    for (let tries = 0; tries < 30; tries++) expect(await type(right, typedBy)).toBe(true)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import { type Uuid, uuidAt } from '../ids'
import { krw, sum } from '../money/money'
import { keepsThePaymentModuleContract, type ModuleUnderTest } from './payment-module.contract'
import { installModules } from './registry'

const ISSUERS = ['hanbit', 'saero'] as const

let world: TestGateway

beforeAll(async () => {
  world = await startGateway({ issuerTimeLimitMs: 1000 })
})

type AMeans = ModuleUnderTest['aMeans']

async function aSavedCard(issuer: (typeof ISSUERS)[number], shopperId: Uuid): Promise<Uuid> {
  const { number, expiry } = demoCard(issuer, 'roomy')
  const added = await world.gateway.cards.add(shopperId, { number, expiry, holderName: 'HAN', nickname: issuer })
  if (added.kind !== 'added') throw new Error(added.reason)
  return added.card.id
}

/** How each module of the registry is paid with; one without a row here fails the test below. */
const MEANS: Readonly<Record<string, AMeans>> = {
  async card() {
    const shopperId = uuidAt(new Date())
    return { shopperId, input: { cardId: await aSavedCard('hanbit', shopperId) } }
  },
  async vcard(_payment, amount) {
    const shopperId = uuidAt(new Date())
    const shop = await aMerchant(world.gateway)
    const share = amount / BigInt(ISSUERS.length)
    const shares = []
    for (const issuer of ISSUERS) shares.push({ cardId: await aSavedCard(issuer, shopperId), amount: share })
    const made = await world.gateway.vcards.create(shopperId, {
      ...{ merchantId: shop.id, amount: krw(amount), shares, mayRetry: false },
    })
    if (made.kind !== 'created') throw new Error(made.reason)
    return { shopperId, input: { vcardId: made.vcard.id } }
  },
}

function underTest(code: string): ModuleUnderTest {
  const { gateway, outside } = world
  const { issuers, cards: vault, vcards: agent } = gateway
  const found = installModules({ issuers, vault, agent }).get(code)
  const aMeans = MEANS[code]
  if (!found || !aMeans) throw new Error(`no such module: ${code}`)
  return {
    module: found,
    aMeans,
    draw: () => gateway.references.draw(),
    async outside() {
      const totals = await Promise.all(ISSUERS.map(async (issuer) => (await outside.book(issuer)).totals))
      return {
        held: sum(totals.map(({ held }) => BigInt(held))),
        charged: sum(totals.map(({ completions }) => BigInt(completions.amount))),
        givenBack: sum(totals.map(({ refunds }) => BigInt(refunds.amount))),
      }
    },
    async misbehave(on, how) {
      const deed = how === 'declines' ? ({ kind: 'decline', code: '05' } as const) : ({ kind: 'lose-answer' } as const)
      for (const issuer of ISSUERS) {
        await outside.clearSwitches(issuer)
        await outside.switch(issuer, { on, do: deed, times: 1 })
      }
    },
    async lapse() {
      for (const issuer of ISSUERS) await outside.lapse(issuer)
    },
    reset: () => outside.reset(),
  }
}

test('every module of the registry is under its own code, and under the contract', () => {
  const { issuers, cards: vault, vcards: agent } = world.gateway
  const modules = installModules({ issuers, vault, agent })
  expect([...modules.keys()]).toEqual(Object.keys(MEANS))
  for (const [code, each] of modules) expect(each.code).toBe(code)
})

describe.each(Object.keys(MEANS))('the module %s', (code) => {
  keepsThePaymentModuleContract(() => underTest(code))
})

import { afterAll, beforeAll } from 'vitest'
import type { CallReference } from '../../lib/call-reference'
import { type LoadedPackages, loadPackages } from '../../lib/modules/packaged/load-packages'
import { keepsThePaymentModuleContract, type Misbehaviour } from '../../lib/modules/payment-module.contract'
import { DEMO_CARDS, type PointsService, startPointsService } from './points-service.mjs'

// Whoever writes a module of their own tests it like this: the package is loaded as a gateway would load it, and has to keep
// the contract that Moa's own modules keep.

const PATHS = { authorization: '/holds', completion: '/captures', reversal: '/voids', refund: '/refunds' } as const
const CARD = '10000001'

let service: PointsService
let packages: LoadedPackages
let next: { path: string; how: Misbehaviour } | undefined
let drawn = 0

beforeAll(async () => {
  service = await startPointsService({
    before(path, answer) {
      if (next?.path !== path) return answer()
      const { how } = next
      next = undefined
      if (how === 'declines') return { ok: false, reason: 'too-few-points' }
      answer()
      return undefined
    },
  })
  packages = await loadPackages([{ package: './examples/module-points', settings: { url: service.url } }], {
    report: () => undefined,
  })
})

afterAll(async () => {
  await packages.close()
  await service.close()
})

keepsThePaymentModuleContract(() => {
  const [module] = packages.modules
  if (!module) throw new Error(packages.refused[0]?.why)
  const holds = () => Object.values(service.book.view().holds)
  const total = (state: 'held' | 'taken') =>
    BigInt(holds().reduce((sum, hold) => sum + (hold.state === state ? hold.points : 0), 0))
  return {
    module,
    books: 'outside',
    declined: 'insufficient-funds',
    aMeans: () => Promise.resolve({ input: { card: CARD, pin: '1234' } }),
    draw: () => Promise.resolve(`${String(++drawn).padStart(12, '0')}` as unknown as CallReference),
    outside: () =>
      Promise.resolve({
        held: total('held'),
        charged: total('taken'),
        givenBack: BigInt(holds().reduce((sum, { givenBack }) => sum + givenBack, 0)),
      }),
    misbehave: (on, how) => Promise.resolve(void (next = { path: PATHS[on], how })),
    lapse() {
      for (const hold of holds()) if (hold.state === 'held') hold.state = 'void'
      return Promise.resolve()
    },
    reset() {
      next = undefined
      const { holds: all } = service.book.view()
      for (const reference of Object.keys(all)) delete all[reference]
      service.book.cards[CARD] = { ...DEMO_CARDS[CARD]! }
      return Promise.resolve()
    },
  }
})

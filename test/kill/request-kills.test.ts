import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isBuilt } from '../../scripts/web-build'
import { expectEnd } from './ending'
import { buildGates } from './gates'
import { type House, openHouse } from './house'
import { type KillPoint, requestPoints } from './kill-points'
import { reconcile } from './reconcile'
import { lapse, obstruct, type Scene, setScene, type Stage } from './scene'
import { ask, askToCapture } from './shop-server'
import type { Victim } from './victim'

// Processes start, are killed and start again on a machine that may be busy; what a dead one held is free after 15 s.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

/** The pages' server is killed where there is one: npm test builds it before the tests. */
const kinds = isBuilt() ? (['api', 'web'] as const) : (['api'] as const)
type Kind = (typeof kinds)[number]

interface Killed {
  readonly scene: Scene
  readonly faultsEnded: number
}

/**
 * One life of the process for each point at which it stands still while it writes, because nothing passes it then; one
 * for all the points at which it waits for somebody outside.
 */
const lives: readonly (readonly KillPoint[])[] = [
  requestPoints.filter(({ writing }) => !writing),
  ...requestPoints.filter(({ writing }) => writing).map((point) => [point]),
]

let house: House
let worker: Victim
let survivors: Victim[] = []
const killed = new Map<string, Killed>()
const keyOf = (kind: Kind, { name }: KillPoint) => `${kind}: ${name}`

beforeAll(async () => {
  // As long as an issuer may take at most, so that the payments stand still at their points for as long as it takes.
  house = await openHouse({ env: { ISSUER_TIME_LIMIT_MS: '10000' } })
  const stage = { house, gates: await buildGates(house.owner, house.databaseUrl) }
  worker = await house.start('worker')
  survivors = await Promise.all(kinds.map((kind) => killAtEveryPoint(kind, stage)))
})

afterAll(async () => {
  await Promise.all([worker, ...survivors].map((each) => each.stop()))
  await house.close()
})

/** Kills the process at every point, starting it again each time; returns the one that lives on. */
async function killAtEveryPoint(kind: Kind, stage: Stage): Promise<Victim> {
  let victim = await house.start(kind)
  for (const life of lives) {
    const scenes = await Promise.all(
      life.map(async (point) => {
        const scene = await setScene(stage, point)
        return { point, scene, obstacles: await obstruct(stage, scene, point) }
      }),
    )
    const asked = scenes.map(({ point, scene }) => askFor(kind, stage, scene, point))
    await Promise.all(scenes.map(({ obstacles }) => obstacles.reached()))
    await victim.kill()
    await Promise.all(scenes.map(({ obstacles }) => obstacles.lift()))
    await Promise.all(asked)
    victim = await house.start(kind)
    for (const { point, scene } of scenes) killed.set(keyOf(kind, point), { scene, faultsEnded: Date.now() })
  }
  return victim
}

/** What the shop does until the process dies; whatever it is told by then, it will ask again. */
async function askFor(kind: Kind, stage: Stage, scene: Scene, point: KillPoint): Promise<void> {
  const answer = await ask(house.urlOf(kind), scene.order)
  if (!point.lapsed) return
  await lapse(stage, scene, point)
  await askToCapture(house.urlOf(kind), scene.order.shop, String(answer?.body.id))
}

describe.each(kinds)('%s is killed with SIGKILL while a payment over three cards is under way', (kind) => {
  test.each(requestPoints)(
    'when $name: it ends as $ends, all or nothing, within 60 s (P1.1, P2.3, P2.7)',
    async (point) => {
      const { scene, faultsEnded } = killed.get(keyOf(kind, point))!
      await expectEnd(house, { url: house.urlOf(kind), scene, point, faultsEnded })
    },
  )
})

test('after all these deaths our books and the issuers’ agree to the last won (P2.1, P2.4, P2.9)', async () => {
  expect(await reconcile(house)).toEqual([])
})

import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { expectEnd } from './ending'
import { buildGates } from './gates'
import { type House, openHouse } from './house'
import { workerPoints, type WorkerKillPoint } from './kill-points'
import { reconcile } from './reconcile'
import { lapse, obstruct, type Obstacles, type Scene, setScene, type Stage } from './scene'
import { ask } from './shop-server'
import type { Victim } from './victim'

// What a dead process held is free after 15 s: once for the request that dies, once for the worker.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

/** A payment whose request has died, kept from the worker until it is its turn. */
interface Orphan {
  readonly point: WorkerKillPoint
  readonly scene: Scene
  /** Lets the worker have it. */
  release(): Promise<void>
}

let house: House
let api: Victim
let worker: Victim
let faultsEnded = 0
const scenes = new Map<string, Scene>()

beforeAll(async () => {
  house = await openHouse({ env: { ISSUER_TIME_LIMIT_MS: '10000' } })
  const stage = { house, gates: await buildGates(house.owner, house.databaseUrl) }
  const orphans = await makeOrphans(stage)
  // One life of the worker for all the points at which it waits for an issuer, one for each at which it writes.
  await killWorker(
    stage,
    orphans.filter(({ point }) => !point.writing),
  )
  for (const orphan of orphans.filter(({ point }) => point.writing)) await killWorker(stage, [orphan])
  worker = await house.start('worker')
  faultsEnded = Date.now()
  api = await house.start('api')
})

afterAll(async () => {
  await Promise.all([worker, api].map((each) => each.stop()))
  await house.close()
})

/** One payment for each point, all of them left behind by one process that dies. */
async function makeOrphans(stage: Stage): Promise<Orphan[]> {
  const victim = await house.start('api')
  const made = await Promise.all(
    workerPoints.map(async (point) => {
      const scene = await setScene(stage, point.takesUp)
      scenes.set(point.name, scene)
      return { point, scene, obstacles: await obstruct(stage, scene, point.takesUp) }
    }),
  )
  const asked = made.map(({ scene }) => ask(house.urlOf('api'), scene.order))
  await Promise.all(made.map(({ obstacles }) => obstacles.reached()))
  await victim.kill()
  await Promise.all([...asked, ...made.map(({ obstacles }) => obstacles.lift())])
  return Promise.all(
    made.map(async ({ point, scene }) => {
      await lapse(stage, scene, point)
      return { point, scene, release: await keepFromWorker(scene) }
    }),
  )
}

/** Locks the row of a payment: a worker passes over what somebody else has in hand. */
async function keepFromWorker({ order }: Scene): Promise<() => Promise<void>> {
  const keeper = new pg.Client({ connectionString: house.databaseUrl })
  await keeper.connect()
  await keeper.query('begin')
  await keeper.query('select from payment where order_ref = $1 for update', [order.orderRef])
  return () => keeper.end()
}

async function killWorker(stage: Stage, orphans: readonly Orphan[]): Promise<void> {
  const obstacles: Obstacles[] = []
  for (const { scene, point } of orphans) obstacles.push(await obstruct(stage, scene, point))
  const victim = await house.start('worker')
  await Promise.all(orphans.map(({ release }) => release()))
  await Promise.all(obstacles.map((each) => each.reached(LEASE_MS)))
  await victim.kill()
  await Promise.all(obstacles.map((each) => each.lift()))
}

/** The worker leaves a payment to its request for this long. */
const LEASE_MS = 15_000

test.each(workerPoints)(
  'the worker is killed when $name: the payment ends as $ends, all or nothing, within 60 s (P1.1, P2.3, P2.7, P9.4)',
  async (point) => {
    await expectEnd(house, { url: house.urlOf('api'), scene: scenes.get(point.name)!, point, faultsEnded })
  },
)

test('after all these deaths our books and the issuers’ agree to the last won (P2.1, P2.4, P2.9)', async () => {
  expect(await reconcile(house)).toEqual([])
})

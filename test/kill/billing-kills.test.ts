import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { BillingFiles } from '../../lib/billing/billing-files'
import {
  balances,
  type BillingScene,
  buy,
  dropScenes,
  openBillingScene,
  statesOf,
} from '../../lib/billing/billing.fixtures'
import { readChargingFile } from '../../lib/billing/files/read-charging-file'
import { verifyBooks } from '../../lib/ledger/verify'
import { type Child, startChild } from '../../scripts/child'
import { worldInside, type WorldInside } from '../../simulators/world.fixtures'
import type { BillingVictimSettings } from './billing-victim'
import { waitFor } from './wait-for'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const ROOT = path.resolve(import.meta.dirname, '../..')
const PURCHASES = 1_000
const AMOUNT = 1_000n

/** Where the worker dies: as it is about to commit something, or in the middle of what cannot be undone. */
interface Place {
  readonly name: string
  /** What it is about to write: table and state. Lost: it is not committed. Unheard: it is, and nobody hears so. */
  readonly writing?: { readonly what: string; readonly then: 'lost' | 'unheard' }
  readonly within?: 'copy' | 'upload'
  /** A month is collected before. */
  readonly collected?: true
}

const places: readonly Place[] = [
  { name: 'the next file is claimed, and it is not', writing: { what: 'billing_file:claimed', then: 'lost' } },
  { name: 'the next file is claimed, and it is', writing: { what: 'billing_file:claimed', then: 'unheard' } },
  { name: 'the copy of record has been begun', within: 'copy' },
  { name: 'the copy is whole and not recorded', writing: { what: 'billing_file:written', then: 'lost' } },
  { name: 'the copy is whole and recorded', writing: { what: 'billing_file:written', then: 'unheard' } },
  { name: 'the file is on its way to the centre', within: 'upload' },
  { name: 'the file has arrived and that is not recorded', writing: { what: 'billing_file:sent', then: 'lost' } },
  { name: 'the file has arrived and that is recorded', writing: { what: 'billing_file:sent', then: 'unheard' } },
  { name: 'the answer is read and not recorded', writing: { what: 'billing_file:accepted', then: 'lost' } },
  { name: 'the answer is read and recorded', writing: { what: 'billing_file:accepted', then: 'unheard' } },
  {
    name: 'a collection file is being read',
    writing: { what: 'collection_line:due', then: 'lost' },
    collected: true,
  },
  {
    name: 'a collection file is being applied',
    writing: { what: 'collection_line:applied', then: 'lost' },
    collected: true,
  },
]

// The process stops at a gate before it commits a row: all it can tell is that the database is slow.
const GATES = `
  create table billing_gate (what text primary key);
  create function wait_at_billing_gate() returns trigger language plpgsql security definer as $$
  begin
    perform from billing_gate where what = tg_table_name || ':' || (to_jsonb(new)->>tg_argv[0]);
    if found then perform pg_advisory_xact_lock_shared(1); end if;
    return new;
  end $$;
  create trigger gate before insert or update on billing_file for each row execute function wait_at_billing_gate('state');
  create trigger gate before insert or update on collection_line for each row execute function wait_at_billing_gate('outcome');`

let world: WorldInside
let scene: BillingScene
let other: BillingFiles
let owner: pg.Pool
const bought: string[] = []

beforeAll(async () => {
  world = await worldInside()
  scene = await openBillingScene(world.ready.sftp)
  scene.now = new Date()
  other = await scene.another()
  owner = new pg.Pool({ connectionString: scene.databaseUrl, max: 2 })
  await owner.query(GATES)
})
afterAll(async () => {
  next?.process.kill('SIGKILL')
  await next?.ended
  await owner.end()
  await scene.close()
  await dropScenes()
  await world.close()
})

// The next victim starts while the one before it is killed: starting is most of what it costs.
let next: Child | undefined

function startVictim(): Child {
  const { databaseUrl, folder, vaultKey } = scene
  const settings: BillingVictimSettings = { databaseUrl, folder, vaultKey, sftpPort: world.ready.sftp }
  const { PATH, HOME } = process.env
  return startChild(['--import', 'tsx', path.join(ROOT, 'test/kill/billing-victim.ts'), JSON.stringify(settings)], {
    cwd: ROOT,
    env: { PATH, HOME, NODE_ENV: 'production' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

async function readyVictim(): Promise<Child> {
  const victim = next ?? startVictim()
  await once(createInterface(victim.process.stdout!), 'line')
  next = startVictim()
  return victim
}

/** Something in the way of the worker, which it reaches and dies at. */
interface Obstacle {
  isReached(): Promise<boolean>
  lift(): Promise<void>
}

async function obstruct({ writing, within }: Place): Promise<Obstacle> {
  if (within === 'upload') {
    await world.centreSwitch('BARAM', { do: 'stall', times: 1 })
    return {
      isReached: async () => (await world.centre('BARAM')).switches.length === 0,
      lift: () => Promise.resolve(),
    }
  }
  const keeper = new pg.Client({ connectionString: scene.databaseUrl })
  await keeper.connect()
  if (writing) {
    await owner.query('insert into billing_gate (what) values ($1)', [writing.what])
    await keeper.query('select pg_advisory_lock(1)')
  } else {
    await keeper.query('begin; lock table phone_line in access exclusive mode')
  }
  const waiting = async () => {
    const { rows } = await owner.query<{ pid: number }>(
      `select pid from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())
       and (locktype = 'advisory' or relation = 'phone_line'::regclass)`,
    )
    return rows.map(({ pid }) => pid)
  }
  const copies = path.join(scene.folder, 'BARAM')
  return {
    isReached: async () =>
      (await waiting()).length > 0 &&
      (writing !== undefined || (existsSync(copies) && readdirSync(copies).some((name) => name.endsWith('.part')))),
    async lift() {
      const pids = await waiting()
      await owner.query('delete from billing_gate')
      if (writing?.then !== 'unheard') await owner.query('select pg_terminate_backend(unnest($1::int[]))', [pids])
      await keeper.end()
      await waitFor('the dead process is gone from the database', async () => {
        const { rowCount } = await owner.query("select from pg_stat_activity where pid = any($1) and state <> 'idle'", [
          pids,
        ])
        return rowCount === 0
      })
    },
  }
}

/** Two workers at once carry everything to its end. */
async function finish(): Promise<void> {
  const both = [scene.billing, other]
  scene.now = new Date()
  await Promise.all(both.map((billing) => billing.claimNow('BARAM')))
  await waitFor(
    'every file is answered and every result applied',
    async () => {
      await Promise.all(both.map((billing) => billing.writeDue()))
      await Promise.all(both.map((billing) => billing.sendWritten()))
      await Promise.all(both.map((billing) => billing.readResults()))
      const [files, collections] = await Promise.all([scene.billing.files(1000), scene.billing.collections(100)])
      return files.every(({ state }) => state === 'accepted') && collections.every(({ state }) => state === 'applied')
    },
    { withinMs: 120_000 },
  )
}

test.each(places)('the worker is killed when $name: two others at once go on from there (N8, P9.4)', async (place) => {
  scene.now = new Date()
  if (place.collected) {
    // One bill is left for the month after, so that there is something to collect twice.
    if ((await scene.billing.collections(1)).length === 0) await world.wish('BARAM', bought[0]!, 'U')
    await world.collect('BARAM')
  }
  if (!place.collected) bought.push(...(await buy(scene, { count: PURCHASES, amount: AMOUNT })))
  const victim = await readyVictim()
  const obstacle = await obstruct(place)
  victim.process.stdin!.write('go\n')
  await waitFor('the worker is where it is to die', () => obstacle.isReached())
  victim.process.kill('SIGKILL')
  await victim.ended
  await obstacle.lift()
  await finish()
  const states = new Set(await statesOf(scene.database, bought))
  expect(states.has('approved')).toBe(false)
})

test('after all these deaths each of 10,000 purchases is in exactly one file, to the byte what the centre has', async () => {
  const files = await scene.billing.files(1000)
  const inFiles: string[] = []
  for (const { name } of files) {
    const copy = readFileSync(path.join(scene.folder, 'BARAM', name))
    expect(await world.centreFile('BARAM', name)).toBe(copy.toString())
    await readChargingFile(Readable.from([copy]), ({ tid }) => inFiles.push(tid))
  }
  expect(inFiles).toHaveLength(bought.length)
  expect(new Set(inFiles)).toEqual(new Set(bought))
  expect(bought).toHaveLength(10 * PURCHASES)
})

test('sequences have no gaps, and the centre accepted each the first time', async () => {
  const received = (await world.centre('BARAM')).files
  expect(received.map(({ name }) => Number(name.slice(-10, -4)))).toEqual(received.map((_, index) => index + 1))
  expect(new Set(received.map(({ acknowledgement }) => acknowledgement))).toEqual(new Set(['OK\n']))
})

test('the sums of the files are those of the books, and each bill was released to the merchant once', async () => {
  const total = BigInt(bought.length) * AMOUNT
  const files = await scene.billing.files(1000)
  expect(files.reduce((sum, { charges }) => sum + charges, 0n)).toBe(total)
  expect(await balances(scene.database)).toEqual({ 'collected:BARAM': total, 'payable:merchant': -total })
  expect(new Set(await statesOf(scene.database, bought))).toEqual(new Set(['collected']))
  expect(await verifyBooks(scene.database.pool)).toEqual([])
})

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../test/database'
import { expectNowhere } from '../../test/nowhere'
import { createVault } from '../cards/vault'
import { systemClock } from '../clock'
import { type Database, openDatabase } from '../db/database'
import type { CallingNumber, TelcoAnswer } from '../gateways/telco/telco'
import { createLineVault } from './line-vault'

let database: Database
let drop: () => Promise<void>

beforeAll(async () => {
  const fresh = await freshDatabase()
  drop = () => fresh.drop()
  database = await openDatabase(fresh.url, { allowVolatile: true })
})

afterAll(async () => {
  await database.close()
  await drop()
})

const fingerprint = randomBytes(32)
const [older, newer] = ['older', 'newer'].map((id) => ({ id, key: randomBytes(32) })) as [Key, Key]
type Key = { id: string; key: Buffer }

const lineVault = (...sealing: Key[]) =>
  createLineVault({ database, clock: systemClock, vault: createVault({ sealing, fingerprint }) })

const calling: CallingNumber = { kind: 'line', number: '+82420001003' }
const told: TelcoAnswer & { kind: 'approved' } = {
  ...{ kind: 'approved', system: 'baram', subscriberRef: 'S1', lineKind: 'PSTN', notify: '+821000001001' },
}

test('a line is kept once, with what its telco last said of it', async () => {
  const vault = lineVault(older)
  const first = await vault.keep(calling, told)
  const { notify: _, ...without } = told
  expect(await vault.open(first.id)).toEqual({ ...first, calling, notify: '+821000001001', masked: '+82*****1003' })
  expect((await vault.keep(calling, { kind: 'refused', system: 'baram', reason: 'arrears' })).notify).toBe(told.notify)
  expect(await vault.keep(calling, without)).not.toHaveProperty('notify')
  const kept = await Promise.all(
    Array.from({ length: 8 }, () => vault.keep({ ...calling, number: '+82420009999' }, told)),
  )
  expect(new Set(kept.map(({ id }) => id)).size).toBe(1)
})

test('a calling card never meets a telephone number of the same digits', async () => {
  const vault = lineVault(older)
  const card = await vault.keep({ kind: 'calling-card', number: '700000001013' }, told)
  const line = await vault.keep({ kind: 'line', number: '700000001013' }, told)
  expect(card.id).not.toBe(line.id)
})

test('keys are changed without a line being lost, and numbers are sealed in the table (P8.1)', async () => {
  const { id } = await lineVault(older).keep(calling, told)
  const both = lineVault(newer, older)
  while ((await both.rotateKeys(1)) > 0);
  expect(await lineVault(newer).open(id)).toMatchObject({ calling, notify: told.notify })
  const { rows } = await database.pool.query<{ kept: string }>('select l::text as kept from phone_line l')
  expectNowhere(rows, calling.number)
})

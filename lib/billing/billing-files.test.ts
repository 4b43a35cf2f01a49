import { readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { worldInside, type WorldInside } from '../../simulators/world.fixtures'
import { later } from '../clock'
import type { BillingFiles } from './billing-files'
import { type BillingScene, buy, dropScenes, openBillingScene, statesOf } from './billing.fixtures'
import type { FileDetail } from './files/charging-lines'
import { readChargingFile } from './files/read-charging-file'

let world: WorldInside
let scene: BillingScene
let billing: BillingFiles

beforeAll(async () => {
  world = await worldInside()
})
afterAll(() => Promise.all([world.close(), dropScenes()]))
beforeEach(async () => {
  await world.reset()
  await open(['BARAM'])
})

async function open(centres: readonly string[]): Promise<void> {
  scene = await openBillingScene(world.ready.sftp, centres)
  billing = scene.billing
  // Seen for the first time at noon in Seoul; the first file is due at two in the night.
  await billing.writeDue()
}
afterEach(() => scene.close())

const DAY_MS = 24 * 3_600_000
const TWO_O_CLOCK = new Date('2026-11-20T17:00:00.000Z')
const files = async (centre = 'BARAM') =>
  (await billing.files(100)).filter((file) => file.centre === centre).sort((a, b) => a.sequence - b.sequence)

/** A night in Seoul: files are made, sent, answered. */
async function night(at = TWO_O_CLOCK): Promise<void> {
  scene.now = at
  await billing.writeDue()
  await billing.sendWritten()
  await billing.readResults()
}

async function detailsOf(sequence: number, centre = 'BARAM') {
  const { name } = (await billing.file(centre, sequence))!
  const details: FileDetail[] = []
  const content = readFileSync(path.join(scene.folder, centre, name))
  const { header } = await readChargingFile(Readable.from([content]), (detail) => details.push(detail))
  return { header, details, content }
}

describe('the charging file of a day', () => {
  test('is made at two in the night by the clocks of its centre, once, with every purchase approved since the last (M-20, M-29, M-32, M-48, M-63)', async () => {
    const [first, second] = await buy(scene, { count: 2 })
    scene.now = later(TWO_O_CLOCK, -1)
    await billing.writeDue()
    expect(await files()).toEqual([])
    await night()
    await night(later(TWO_O_CLOCK, DAY_MS - 1))
    expect(await files()).toMatchObject([
      {
        sequence: 1,
        name: 'MOA_BARAM_20261121_000001.chg',
        details: 2,
        charges: 2000n,
        credits: 0n,
        state: 'accepted',
      },
    ])
    const { header, details } = await detailsOf(1)
    expect(header).toMatchObject({ periodStart: '20261120120000', periodEnd: '20261121020000', currency: 'KRW' })
    expect(details).toMatchObject([
      { record: 1, kind: 'charge', tid: first, calling: '+82421000001', subscriberRef: 'S-1', amount: 1000n },
      { record: 2, tid: second, purchasedAt: '20261120120000', description: '책 2' },
    ])
    expect((await world.bills('BARAM')).map(({ tid }) => tid)).toEqual([first, second])
    expect(await statesOf(scene.database, [first!, second!])).toEqual(['billed', 'billed'])
  })

  test('is made also where nothing was bought, and sequences have no gaps', async () => {
    await night()
    await night(later(TWO_O_CLOCK, DAY_MS))
    expect(await files()).toMatchObject([
      { sequence: 1, details: 0, state: 'accepted' },
      { sequence: 2, details: 0, periodStart: '20261121020000', periodEnd: '20261122020000', state: 'accepted' },
    ])
  })

  test('is one for each billing centre, each with its own purchases and count', async () => {
    await scene.close()
    await open(['BARAM', 'NURI'])
    await buy(scene, { count: 2 })
    const [other] = await buy(scene, { centre: 'NURI', amount: 7n })
    await night()
    expect(await files('NURI')).toMatchObject([{ sequence: 1, details: 1, charges: 7n, state: 'accepted' }])
    expect((await world.bills('NURI')).map(({ tid }) => tid)).toEqual([other])
    expect(await files('BARAM')).toMatchObject([{ sequence: 1, details: 2 }])
  })

  test('catches up in one file after days in which no worker ran', async () => {
    await buy(scene, { count: 3 })
    await night(later(TWO_O_CLOCK, 3 * DAY_MS + 5_000))
    expect(await files()).toMatchObject([{ sequence: 1, details: 3, periodEnd: '20261124020005', state: 'accepted' }])
  })

  test('has no purchase that was cancelled before, and what is left of one that was given back in part', async () => {
    const [cancelled, reduced] = await buy(scene, { count: 2 })
    const { pool } = scene.database
    await pool.query("update phone_charge set state = 'cancelled', reduced_amount = amount where payment_id = $1", [
      cancelled,
    ])
    await pool.query('update phone_charge set reduced_amount = 400 where payment_id = $1', [reduced])
    await night()
    const { details } = await detailsOf(1)
    expect(details).toMatchObject([{ tid: reduced, amount: 600n }])
    expect(details).toHaveLength(1)
  })

  test('has a credit, with the place of its purchase, for what was given back after it was billed', async () => {
    const [, second] = await buy(scene, { count: 2 })
    await night()
    await giveBack(second!, 300n)
    await night(later(TWO_O_CLOCK, DAY_MS))
    expect(await files()).toMatchObject([{}, { details: 1, charges: 0n, credits: 300n, state: 'accepted' }])
    const { details } = await detailsOf(2)
    expect(details).toMatchObject([{ kind: 'credit', tid: second, amount: 300n, original: { sequence: 1, record: 2 } }])
    expect(await world.bills('BARAM')).toMatchObject([{}, { credited: '300' }])
  })

  async function giveBack(paymentId: string, amount: bigint) {
    await scene.database.pool.query(
      `with charged as (update phone_charge set credited_amount = credited_amount + $2 where payment_id = $1 returning *)
       insert into phone_credit (merchant_id, payment_id, reference, attempt, leg, centre, amount, currency, way, state, created_at, changed_at)
       select merchant_id, payment_id, 'ref-' || gen_random_uuid(), attempt, leg, centre, $2, currency, 'next-bill', 'due', $3, $3 from charged`,
      [paymentId, amount, scene.now],
    )
  }

  test('is made once by two workers who come at the same moment', async () => {
    await buy(scene, { count: 50 })
    const other = await scene.another()
    scene.now = TWO_O_CLOCK
    await Promise.all([billing.writeDue(), other.writeDue()])
    await Promise.all([billing.sendWritten(), other.sendWritten()])
    await Promise.all([billing.readResults(), other.readResults()])
    await night()
    expect(await files()).toMatchObject([{ sequence: 1, details: 50, state: 'accepted' }])
  })
})

describe('the copy of record', () => {
  test('is on the disk, for nobody else to read, before anything is sent (M-30)', async () => {
    await buy(scene)
    scene.now = TWO_O_CLOCK
    await billing.writeDue()
    const [file] = await files()
    const copy = path.join(scene.folder, 'BARAM', file!.name)
    expect(file!.state).toBe('written')
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    expect((await world.centre('BARAM')).files).toEqual([])
    await billing.sendWritten()
    expect(await world.centreFile('BARAM', file!.name)).toBe(readFileSync(copy, 'utf8'))
    expect(readdirSync(path.dirname(copy))).toEqual([file!.name])
  })

  test.each([
    ['lost', (copy: string) => rmSync(copy)],
    ['damaged', (copy: string) => truncateSync(copy, 150)],
  ])('that is %s is written anew before it is sent, to the same byte', async (_what, harm) => {
    await buy(scene, { count: 30 })
    scene.now = TWO_O_CLOCK
    await billing.writeDue()
    const [file] = await files()
    const copy = path.join(scene.folder, 'BARAM', file!.name)
    const before = readFileSync(copy)
    harm(copy)
    scene.now = later(scene.now, 3_600_000)
    await billing.sendWritten()
    expect(readFileSync(copy)).toEqual(before)
    expect(await world.centreFile('BARAM', file!.name)).toBe(before.toString())
    expect(scene.reports).toContainEqual({
      event: 'billing-copy-restored',
      detail: { centre: 'BARAM', name: file!.name },
    })
  })

  test('is sent once more, to the same byte, when nobody knows whether it arrived, and is billed once', async () => {
    const [bought] = await buy(scene)
    await world.centreSwitch('BARAM', { do: 'silence', times: 1 })
    await night()
    await scene.database.pool.query("update billing_file set state = 'written' where centre = 'BARAM'")
    await billing.sendWritten()
    await world.answerFiles('BARAM')
    await billing.readResults()
    expect(await files()).toMatchObject([{ state: 'accepted' }])
    expect((await world.bills('BARAM')).map(({ tid }) => tid)).toEqual([bought])
  })
})

describe('what a billing centre answers', () => {
  test('a refused detail is on the lists of operator and merchant, and goes into the next file when somebody says so', async () => {
    const [first, second] = await buy(scene, { count: 2 })
    await world.centreSwitch('BARAM', { do: 'refuse', record: 2, reason: 'NO_SUCH_LINE', times: 1 })
    await night()
    expect(await statesOf(scene.database, [first!, second!])).toEqual(['billed', 'refused'])
    const refusal = {
      paymentId: second,
      centre: 'BARAM',
      sequence: 1,
      record: 2,
      reason: 'NO_SUCH_LINE',
      amount: 1000n,
    }
    expect(await billing.refused({ limit: 10 })).toMatchObject([refusal])
    expect(await billing.refused({ limit: 10, merchantId: scene.merchantId })).toMatchObject([refusal])
    expect(await billing.refused({ limit: 10, merchantId: second! })).toEqual([])
    expect(await billing.rebill(scene.merchantId, second!)).toBe(true)
    expect(await billing.rebill(scene.merchantId, second!)).toBe(false)
    await night(later(TWO_O_CLOCK, DAY_MS))
    expect((await detailsOf(2)).details).toMatchObject([{ tid: second, record: 1 }])
    expect((await billing.latest()).filter(({ centre }) => centre === 'BARAM')).toMatchObject([{ sequence: 2 }])
    expect(await statesOf(scene.database, [second!])).toEqual(['billed'])
    expect(await billing.refused({ limit: 10 })).toEqual([])
  })

  test('a rejected file is corrected: sent as a new sequence that names the old one, with the same purchases', async () => {
    const [first, second] = await buy(scene, { count: 2 })
    await world.centreSwitch('BARAM', { do: 'reject', reason: 'TOO EARLY', times: 1 })
    await night()
    await night(later(TWO_O_CLOCK, 60_000))
    expect(await files()).toMatchObject([
      { sequence: 1, state: 'corrected', reason: 'TOO EARLY' },
      { sequence: 2, state: 'accepted', replaces: 1, details: 2, charges: 2000n },
    ])
    const { header, details } = await detailsOf(2)
    expect(header).toMatchObject({ sequence: 2, replaces: 1, periodEnd: '20261121020000', createdAt: '20261121020000' })
    expect(details.map(({ tid }) => tid)).toEqual([first, second])
    expect((await world.bills('BARAM')).map(({ sequence }) => sequence)).toEqual([2, 2])
    // A refund names the file that bills the purchase now.
    const { rows } = await scene.database.pool.query('select distinct file_sequence from phone_charge')
    expect(rows).toEqual([{ file_sequence: 2 }])
  })

  test('a file that is rejected again and again is left to people, who are told once', async () => {
    await buy(scene)
    await world.centreSwitch('BARAM', { do: 'reject', reason: 'NEVER' })
    for (let minute = 0; minute < 8; minute += 1) await night(later(TWO_O_CLOCK, minute * 60_000))
    expect((await files()).map(({ state }) => state)).toEqual(['corrected', 'corrected', 'corrected', 'rejected'])
    const told = scene.reports.filter(({ event }) => event === 'billing-file-rejected-again')
    expect(told).toMatchObject([{ detail: { name: 'MOA_BARAM_20261121_000004.chg' } }])
    await world.clearCentreSwitches('BARAM')
    expect(await billing.correct('BARAM', 4)).toBe(true)
    expect(await billing.correct('BARAM', 4)).toBe(false)
    await night(later(TWO_O_CLOCK, 3_600_000))
    expect((await files()).at(-1)).toMatchObject({ sequence: 5, replaces: 4, state: 'accepted', details: 1 })
  })

  test('no answer for six hours raises one alert, and the answer still counts when it comes', async () => {
    await buy(scene)
    await world.centreSwitch('BARAM', { do: 'silence', times: 1 })
    await night()
    const alerts = () => scene.reports.filter(({ event }) => event === 'billing-file-unacknowledged')
    await night(later(TWO_O_CLOCK, 6 * 3_600_000 - 1))
    expect(alerts()).toEqual([])
    await night(later(TWO_O_CLOCK, 6 * 3_600_000))
    await night(later(TWO_O_CLOCK, 7 * 3_600_000))
    expect(alerts()).toHaveLength(1)
    expect(await billing.unacknowledged()).toMatchObject([{ centre: 'BARAM', sequence: 1 }])
    await world.answerFiles('BARAM')
    await night(later(TWO_O_CLOCK, 8 * 3_600_000))
    expect(await billing.unacknowledged()).toEqual([])
    expect(await files()).toMatchObject([{ state: 'accepted' }])
  })

  test('a centre that is away, or whose line breaks, has its file as soon as it is back; the others are not kept waiting', async () => {
    await scene.close()
    await open(['BARAM', 'NURI'])
    await buy(scene)
    await world.centreSwitch('BARAM', { do: 'down' })
    await night()
    expect(await files('BARAM')).toMatchObject([{ state: 'written' }])
    expect(await files('NURI')).toMatchObject([{ state: 'accepted' }])
    await world.clearCentreSwitches('BARAM')
    await world.centreSwitch('BARAM', { do: 'cut', times: 1 })
    await night(later(TWO_O_CLOCK, 10_000))
    expect(await files('BARAM')).toMatchObject([{ state: 'written' }])
    await night(later(TWO_O_CLOCK, 20_000))
    expect(await files('BARAM')).toMatchObject([{ state: 'accepted' }])
  })
})

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { chargingFile, fileName } from '../../../simulators/billing-centre/charging.fixtures'
import { worldInside, type WorldInside } from '../../../simulators/world.fixtures'
import { systemClock } from '../../clock'
import type { BillingCentreSettings } from '../../link-settings'
import type { LinkMessage } from '../link-observer'
import type { BillingCentres } from './billing-centre'
import { observedFileLinks } from '../files/observed-file-links'
import { connectBillingCentres } from './sftp-billing-centres'

let world: WorldInside
let folder: string
let centres: BillingCentres
const centreAt = (port: number, changes: Partial<BillingCentreSettings> = {}): BillingCentreSettings => ({
  ...{ code: 'BARAM', name: { ko: '바람', en: 'Baram' }, host: '127.0.0.1', port, user: 'BARAM', password: 'billing' },
  ...{ folders: { charges: '/charges', results: '/results' }, zone: 'Asia/Seoul', at: '02:00', currency: 'KRW' },
  ...changes,
})
const linkTo = (port: number, changes: Partial<BillingCentreSettings> = {}, silenceMs = 5_000) =>
  connectBillingCentres([centreAt(port, changes)], { clock: systemClock, silenceMs })

beforeAll(async () => {
  world = await worldInside()
  folder = mkdtempSync(path.join(tmpdir(), 'moa-sftp-'))
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await world.reset()
  centres = linkTo(world.ready.sftp)
})

function written(sequence: number, content = chargingFile({ sequence })): [name: string, local: string] {
  const name = fileName(sequence)
  const local = path.join(folder, name)
  writeFileSync(local, content)
  return [name, local]
}

test('a file arrives whole, once, however often it is sent, and its acknowledgement can be read', async () => {
  const [name, local] = written(1)
  const heard = await centres.within('BARAM', async (centre) => {
    await centre.deliver(name, local)
    await centre.deliver(name, local)
    const found = await centre.results()
    return { found, ack: await centre.read(`${name}.ack`, 1000) }
  })
  expect(heard).toEqual({
    kind: 'heard',
    value: { found: [{ name: `${name}.ack`, size: 3, stamp: expect.stringMatching(/^3:/) }], ack: 'OK\n' },
  })
  expect(await world.centreFile('BARAM', name)).toBe(chargingFile())
  expect(centres.states()).toEqual([{ code: 'BARAM', state: 'up', lastAnswerAt: expect.any(Date), broken: 0 }])
})

test('a line that is cut during the upload leaves nothing under the name, and the file arrives the next time', async () => {
  const [name, local] = written(1)
  await world.centreSwitch('BARAM', { do: 'cut', times: 1 })
  const send = () => centres.within('BARAM', (centre) => centre.deliver(name, local))
  expect(await send()).toMatchObject({ kind: 'no-answer' })
  expect((await world.centre('BARAM')).files).toEqual([])
  expect(centres.states()).toMatchObject([{ state: 'down', broken: 1 }])
  expect(await send()).toMatchObject({ kind: 'heard' })
  expect((await world.centre('BARAM')).files).toMatchObject([{ name, acknowledgement: 'OK\n' }])
})

test('a centre that takes no connection gives no answer', async () => {
  await world.centreSwitch('BARAM', { do: 'down', times: 1 })
  expect(await centres.within('BARAM', (centre) => centre.results())).toMatchObject({ kind: 'no-answer' })
  const wrong = linkTo(world.ready.sftp, { password: 'wrong' })
  expect(await wrong.within('BARAM', (centre) => centre.results())).toMatchObject({ kind: 'no-answer' })
})

test('a server that takes the connection and says nothing is given up', async () => {
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => void sockets.add(socket.on('error', () => undefined)))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const link = linkTo((silent.address() as AddressInfo).port, {}, 200)
  expect(await link.within('BARAM', (centre) => centre.results())).toMatchObject({ kind: 'no-answer' })
  for (const socket of sockets) socket.destroy()
  silent.close()
})

test('a server with another key than the one agreed is given nothing', async () => {
  const other = `SHA256:${createHash('sha256').update('another key').digest('base64').replace(/=+$/, '')}`
  const link = linkTo(world.ready.sftp, { hostKey: other })
  const [name, local] = written(1)
  expect(await link.within('BARAM', (centre) => centre.deliver(name, local))).toMatchObject({ kind: 'no-answer' })
  expect((await world.centre('BARAM')).files).toEqual([])
})

test('a result that is longer than any may be is not taken into memory, and one that is not there is no answer', async () => {
  const [name, local] = written(1)
  await centres.within('BARAM', (centre) => centre.deliver(name, local))
  expect(await centres.within('BARAM', (centre) => centre.read(`${name}.ack`, 2))).toMatchObject({ kind: 'no-answer' })
  expect(await centres.within('BARAM', (centre) => centre.read('other.ack', 2))).toMatchObject({ kind: 'no-answer' })
})

test('what the work itself throws is not taken for a broken link', async () => {
  await expect(centres.within('BARAM', () => Promise.reject(new Error('ours')))).rejects.toThrow('ours')
})

test('an observer is told of every file that goes and comes, of silence too, and of nothing in them', async () => {
  const told: LinkMessage[] = []
  const [name, local] = written(1)
  const watchedCentres = observedFileLinks('billing-file', linkTo(world.ready.sftp), (message) => told.push(message))
  await watchedCentres.within('BARAM', async (centre) => {
    await centre.deliver(name, local)
    await centre.read(`${name}.ack`, 1000)
    for await (const piece of centre.stream(`${name}.ack`)) expect(String(piece)).toBe('OK\n')
  })
  await observedFileLinks('billing-file', linkTo(1), (message) => told.push(message)).within('BARAM', () =>
    Promise.resolve(),
  )
  expect(
    told.map(({ direction, operation, correlation, result }) => [direction, operation, correlation, result]),
  ).toEqual([
    ['out', 'connect', 'BARAM', undefined],
    ['in', 'connect', 'BARAM', 'approved'],
    ['out', 'deliver', name, undefined],
    ['in', 'deliver', name, 'approved'],
    ['out', 'read', `${name}.ack`, undefined],
    ['in', 'read', `${name}.ack`, 'approved'],
    ['out', 'read', `${name}.ack`, undefined],
    ['in', 'read', `${name}.ack`, 'approved'],
    ['out', 'connect', 'BARAM', undefined],
    ['in', 'connect', 'BARAM', 'no-answer'],
  ])
  expect(told.flatMap(({ body }) => body?.() ?? []).join()).not.toContain('OK\n')
})

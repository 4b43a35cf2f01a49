import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type Clock, later } from '../lib/clock'
import type { Gateway } from '../lib/gateway'
import { onceOnly } from '../lib/http/idempotency'
import { claimKey } from '../lib/http/store'
import { uuidAt } from '../lib/ids'
import { takeLease } from '../lib/jobs/lease-store'
import type { Merchant } from '../lib/merchants/merchant'
import { findReports } from '../lib/operations/report-store'
import { createPayments } from '../lib/payments/payments'
import { anOrder, cardMeans, openedPayment, partsOf } from '../lib/payments/payments.fixtures'
import { aMerchant, startGateway } from './gateway'

/** Two processes on one database, on machines whose clocks are three minutes apart. */
let behind: Gateway
let ahead: Gateway
let merchant: Merchant

const off = (minutes: number): Clock => ({ now: () => later(new Date(), minutes * 60_000) })

beforeAll(async () => {
  const world = await startGateway()
  behind = await world.onMachine(off(-1))
  ahead = await world.onMachine(off(2))
  merchant = await aMerchant(world.gateway)
})

test('P1.4, P3.8: a payment that is being authorized is not taken over by a worker whose clock is ahead', async () => {
  let begun = () => undefined as void
  let goOn = () => undefined as void
  const isBegun = new Promise<void>((resolve) => (begun = resolve))
  const mayGoOn = new Promise<void>((resolve) => (goOn = resolve))
  const payments = createPayments(
    partsOf(behind, {
      async askHooks() {
        begun()
        await mayGoOn
        return { kind: 'allowed' }
      },
    }),
  )
  const opening = payments.open(anOrder(merchant, { means: [cardMeans('hanbit')] }))
  await isBegun
  await ahead.payments.finishDue(1000)
  await ahead.payments.idle()
  const [underWay] = await ahead.payments.list(merchant.id, { limit: 1 })
  expect(underWay?.state).toBe('authorizing')
  goOn()
  expect(openedPayment(await opening).state).toBe('paid')
})

test('P1.4, P4.1: the key of a request that is alive is not taken over by a process whose clock is ahead', async () => {
  const claim = { key: 'alive', fingerprint: createHash('sha256').update('body').digest() }
  const at = behind.clock.now()
  const resourceId = uuidAt(at)
  await claimKey(behind.database, merchant.id, claim, { resourceId, at })
  const again = onceOnly(ahead, merchant.id, claim, resourceId, async () => ({ status: 200, body: {} }))
  await expect(again).rejects.toMatchObject({ code: 'request-in-progress' })
})

test('P1.4, P9.4: a job that runs alone is not begun a second time by a runner whose clock is ahead', async () => {
  const take = ({ database, clock }: Gateway, holder: string) =>
    takeLease(database.pool, 'some-job', holder, clock.now(), later(clock.now(), 30_000))
  expect(await take(behind, 'first')).toBeDefined()
  expect(await take(ahead, 'second')).toBeUndefined()
})

test('operators see how far the clock of a machine is off', async () => {
  await ahead.operations.start()
  const reported = async () =>
    (await findReports(ahead.database.pool, new Date(0))).map(({ clockOffsetMs }) => clockOffsetMs)
  await expect.poll(reported).toHaveLength(1)
  expect((await reported()).map((ms) => Math.round(ms / 60_000))).toEqual([-2])
})

import { beforeAll, expect, test } from 'vitest'
import { BILLING_CENTRES, CENTRE_PASSWORD } from '../../simulators/billing-centre/catalogue'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import { uuidAt } from '../ids'
import { usd } from '../money/money'
import { anAsker, aPhoneClock, anOperator, anOrder } from './phone.fixtures'

/** Half past one in the morning of the first of December in Seoul, noon of the day before in Honolulu. */
const NIGHT = new Date('2026-11-30T16:30:00Z')
const clock = aPhoneClock()
let world: TestGateway

beforeAll(async () => {
  // Lines of Baram are billed by the clocks of Honolulu.
  const centres = BILLING_CENTRES.map(({ code, name }) => ({
    ...{ code, name, host: '127.0.0.1', port: 1, user: code, password: CENTRE_PASSWORD },
    ...(code === 'BARAM' ? { zone: 'Pacific/Honolulu' } : {}),
  }))
  world = await startGateway({ clock, env: { BILLING_CENTRES: JSON.stringify(centres), TELCO_TIME_LIMIT_MS: '8000' } })
  const { limits } = world.gateway.phoneBill
  await limits.set({ scope: 'operator' }, 'KRW', {}, anOperator)
  await limits.set({ scope: 'operator' }, 'USD', {}, anOperator)
})

async function lineOf(number: string) {
  await world.outside.changeLine('baram', { number, name: '가입자', birthDate: '1985-05-05', standing: 'active' })
  return (await world.gateway.phoneBill.lineOf({ kind: 'line', number }))!
}

test('a day and a month are those of the centre that bills the line, whatever the gateway’s own zone', async () => {
  const { gateway } = world
  const shop = await aMerchant(gateway, { modules: ['phone-bill'] })
  const lineId = await lineOf('+821077900001')
  clock.set(NIGHT)
  const input = gateway.phoneBill.proven(lineId)
  const opened = await gateway.payments.open({
    ...anOrder(shop.id, 1_000n),
    means: [{ module: 'phone-bill', input }],
  })
  expect(opened).toMatchObject({ kind: 'opened', payment: { state: 'paid' } })
  const { rows } = await gateway.database.pool.query(
    `select local_day::text as day, local_month::text as month from phone_charge where line_id = $1`,
    [lineId],
  )
  expect(rows).toEqual([{ day: '2026-11-30', month: '2026-11-01' }])
  const shopperId = uuidAt(clock.now())
  await gateway.phoneBill.lines.add(shopperId, lineId, '')
  const shown = await gateway.phoneBill.lines.get(shopperId, lineId)
  expect(shown?.use.find(({ currency }) => currency === 'KRW')?.used).toBe(1_000n)
  clock.set(new Date())
})

test('what the line’s centre cannot bill is refused at the border: no code is sent and nothing is charged', async () => {
  const { gateway } = world
  const shop = await aMerchant(gateway, { modules: ['phone-bill'] })
  const number = '+821077900002'
  const lineId = await lineOf(number)
  const amount = usd(1_000n)
  const opened = await gateway.payments.open({ ...anOrder(shop.id, 1_000n), amount, channel: 'hosted' })
  if (opened.kind !== 'opened') throw new Error(opened.kind)
  const asked = await gateway.phoneBill.requestCode({
    ...{
      merchantId: shop.id,
      paymentId: opened.payment.id,
      amount,
      calling: { kind: 'line', number },
    },
    asker: anAsker(),
    shopperId: uuidAt(new Date()),
  })
  expect(asked).toEqual({ kind: 'not-payable' })
  const paid = await gateway.payments.pay(shop.id, opened.payment.id, {
    means: [{ module: 'phone-bill', input: gateway.phoneBill.proven(lineId) }],
  })
  expect(paid).toMatchObject({ kind: 'declined', reason: 'module-unavailable' })
  const { rows } = await gateway.database.pool.query('select 1 from phone_charge where line_id = $1', [lineId])
  expect(rows).toEqual([])
})

test('a currency in which no centre bills is not offered at the checkout', async () => {
  const { gateway } = world
  const shop = await aMerchant(gateway, { modules: ['phone-bill'] })
  const at = { merchantId: shop.id, isGuest: false }
  await gateway.phoneBill.limits.set({ scope: 'operator' }, 'EUR', {}, anOperator)
  expect(await gateway.phoneBill.offer.standing({ ...at, currency: 'EUR' })).toBe('currency')
  expect(await gateway.phoneBill.offer.standing({ ...at, currency: 'KRW' })).toBe('open')
})

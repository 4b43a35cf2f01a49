import { expect, test } from 'vitest'
import { handle } from './handle'
import { anOrder, aShop, paidWith, startApi } from './http.fixtures'
import { createBoundedDispatch } from './in-flight'

const api = await startApi()
const shop = await aShop(api)

test('P9.2: the pages’ server too tells what is too much to come again, says how it is, and afterwards all is normal', async () => {
  const bounded = createBoundedDispatch(1)
  const ask = (path: string, body?: object) =>
    handle(
      api.gateway,
      new Request(`http://moa.example${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${shop.secret}`,
          ...(body && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
      bounded,
    )
  await api.outside.switch('hanbit', { on: 'authorization', do: { kind: 'stall' }, times: 1 })
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => ask('/api/v1/payments', anOrder(paidWith('roomy')))),
  )
  const turnedAway = answers.filter(({ status }) => status === 503)
  expect(turnedAway).toHaveLength(9)
  for (const answer of turnedAway) {
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await answer.json()).toMatchObject({ code: 'overloaded' })
  }
  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask('/api/v1/payments')).status).toBe(200)
})

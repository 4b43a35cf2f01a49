import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { WorldInside } from '../world.fixtures'
import { worldInside } from '../world.fixtures'
import { termsOn } from './terms'

let world: WorldInside
beforeAll(async () => {
  world = await worldInside()
})
afterAll(() => world.close())
beforeEach(() => world.reset())

const feed = (etag?: string) =>
  fetch(`${world.url}/issuers/hanbit/terms/940001`, etag === undefined ? {} : { headers: { 'if-none-match': etag } })

test('every issuer publishes terms for each of its products at the address it announces', async () => {
  for (const { terms, bins, code } of world.ready.issuers) {
    const answer = await fetch(`${terms}/terms/${bins[0]}`)
    expect(await answer.json()).toMatchObject({
      issuer: code,
      bin: bins[0],
      apr: expect.stringMatching(/^0\.[0-9]{4}$/),
    })
    expect(answer.headers.get('content-type')).toBe('application/json')
  }
})

test('terms that have not changed are not sent again; changed ones are', async () => {
  const etag = (await feed()).headers.get('etag') ?? ''
  expect((await feed(etag)).status).toBe(304)
  expect((await feed(`"other", W/${etag}`)).status).toBe(304)
  await world.changeTerms('hanbit', '940001', { apr: '0.0990' })
  const changed = await feed(etag)
  expect(changed.status).toBe(200)
  expect(await changed.json()).toMatchObject({ apr: '0.0990', product: 'Hanbit Sky' })
  await world.changeTerms('hanbit', '940001', null)
  expect((await feed(etag)).status).toBe(304)
})

test('a product of another issuer, or of none, is not there', async () => {
  expect((await fetch(`${world.url}/issuers/hanbit/terms/940002`)).status).toBe(404)
  expect((await fetch(`${world.url}/issuers/nobody/terms/940001`)).status).toBe(404)
})

test('a feed can be away, cut off, or malformed', async () => {
  await world.switch('hanbit', { on: 'terms', do: { kind: 'decline', code: '91' }, times: 1 })
  expect((await feed()).status).toBe(503)
  await world.switch('hanbit', { on: 'terms', do: { kind: 'drop-before' }, times: 1 })
  await expect(feed()).rejects.toThrow()
  await world.switch('hanbit', { on: 'terms', do: { kind: 'garbage' }, times: 1 })
  await expect((await feed()).json()).rejects.toThrow(SyntaxError)
  expect((await feed()).status).toBe(200)
})

test('the promotion is that of the running month in Seoul', () => {
  // The last second of November in Seoul, and the first of December.
  const promotion = (at: string) => termsOn(new Date(at)).get('940001')?.rewards[1]
  expect(promotion('2026-11-30T14:59:59Z')).toMatchObject({
    ...{ startsAt: '2026-11-01T00:00:00+09:00', endsAt: '2026-12-01T00:00:00+09:00' },
    label: { ko: '11월 더블 마일', en: 'Double miles in November' },
  })
  expect(promotion('2026-11-30T15:00:00Z')).toMatchObject({
    ...{ startsAt: '2026-12-01T00:00:00+09:00', endsAt: '2027-01-01T00:00:00+09:00' },
  })
})

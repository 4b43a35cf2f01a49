import { expect, test } from 'vitest'
import { aPurchase } from '../disputes/disputes.fixtures'
import { publicId } from '../ids'
import { aShop, fresh, shopCalls, startApi } from './http.fixtures'

const api = await startApi()
const { gateway } = api
const shop = await aShop(api)
const calls = shopCalls(api.hosts['the api process'], shop.secret)
const others = shopCalls(api.hosts['the pages’ server'], (await aShop(api)).secret)

async function anOpenDispute() {
  const { shopper, payment } = await aPurchase(api, shop.merchant.id)
  const claim = { paymentId: payment.id, reason: 'not-received', text: '아직 오지 않았어요' } as const
  const opened = await gateway.disputes.claims.open(shopper.id, claim)
  if (opened.kind !== 'opened') throw new Error(opened.reason)
  return { payment, id: publicId('dis', opened.dispute.id) }
}

test('a shop’s server lists its disputes, newest first, by state and page by page, and sees nobody else’s', async () => {
  const first = await anOpenDispute()
  const second = await anOpenDispute()
  const page = await calls.get('/api/v1/disputes?limit=1&state=open')
  expect(page.json).toMatchObject({ disputes: [{ id: second.id, wanted: '30000', state: 'open' }], next: second.id })
  expect((await calls.get(`/api/v1/disputes?after=${second.id}&limit=1`)).json).toMatchObject({
    disputes: [{ id: first.id, claim: '아직 오지 않았어요', reason: 'not-received' }],
  })
  expect((await calls.get(`/api/v1/disputes?payment=${publicId('pay', first.payment.id)}`)).json).toMatchObject({
    disputes: [{ id: first.id }],
    next: null,
  })
  expect((await others.get('/api/v1/disputes')).json).toEqual({ disputes: [], next: null })
  expect((await others.get(`/api/v1/disputes/${first.id}`)).status).toBe(404)
})

test('it answers a dispute once for its key, and what it offers whole goes back', async () => {
  const { id, payment } = await anOpenDispute()
  const key = { 'idempotency-key': fresh('answer') }
  const answered = await calls.post(`/api/v1/disputes/${id}/answer`, { text: 'We sent it again.', offer: '30000' }, key)
  expect(answered.status).toBe(200)
  expect(answered.json).toMatchObject({ state: 'decided', outcome: 'shopper', granted: '30000' })
  const again = await calls.post(`/api/v1/disputes/${id}/answer`, { text: 'We sent it again.', offer: '30000' }, key)
  expect(again.json).toEqual(answered.json)
  expect(await gateway.refunds.listOfPayment(shop.merchant.id, payment.id)).toHaveLength(1)
  const late = await calls.post(`/api/v1/disputes/${id}/answer`, { text: 'Once more.' })
  expect([late.status, late.json['code']]).toEqual([409, 'dispute-not-open'])
})

test('an answer that offers more than is claimed, or says nothing, changes nothing', async () => {
  const { id } = await anOpenDispute()
  for (const wrong of [{ text: 'Here', offer: '30001' }, { text: ' ' }, { text: 'Here', offer: '0' }, {}]) {
    expect((await calls.post(`/api/v1/disputes/${id}/answer`, wrong)).status).toBe(422)
  }
  expect((await others.post(`/api/v1/disputes/${id}/answer`, { text: 'Mine' })).status).toBe(404)
  expect((await calls.get(`/api/v1/disputes/${id}`)).json).toMatchObject({ state: 'open' })
})

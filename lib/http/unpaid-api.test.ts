import { expect, test } from 'vitest'
import { later } from '../clock'
import { readPublicId } from '../ids'
import { aShop, anOrder, fresh, shopCalls, startApi } from './http.fixtures'

const api = await startApi()
const shop = await aShop(api, { modules: ['giro', 'card'] })
const calls = shopCalls(api.hosts['the api process'], shop.secret)
const others = shopCalls(api.hosts['the pages’ server'], (await aShop(api)).secret)
const DAY = 24 * 3_600_000

async function byGiro(name: string): Promise<{ id: string; reference: string; dueAt: string }> {
  const opened = await calls.post('/api/v1/payments', anOrder())
  const paid = await api.gateway.payments.pay(shop.merchant.id, readPublicId('pay', String(opened.json['id']))!, {
    means: [{ module: 'giro', input: { name, email: 'jiwoo@example.com' } }],
  })
  expect(paid).toMatchObject({ payment: { state: 'awaiting' } })
  const [found] = (await calls.get(`/api/v1/unpaid?search=${encodeURIComponent(name)}`)).json['payments'] as {
    paymentId: string
    parts: { reference: string; dueAt: string }[]
  }[]
  return { id: found!.paymentId, reference: found!.parts[0]!.reference, dueAt: found!.parts[0]!.dueAt }
}

test('what is paid by giro is listed until it has come, with its reference and payer, and to its own shop only', async () => {
  const { id, reference } = await byGiro('한지우')
  expect(reference).toMatch(/^RF[0-9]{14}$/)
  const listed = await calls.get('/api/v1/unpaid?module=giro')
  expect(listed.json).toMatchObject({
    payments: [{ paymentId: id, taken: '0', parts: [{ module: 'giro', payer: '한지우', received: '0', demands: 0 }] }],
    next: null,
  })
  expect((await calls.get('/api/v1/unpaid?overdue=true')).json['payments']).toEqual([])
  expect((await calls.get('/api/v1/unpaid?module=cash-on-delivery')).json['payments']).toEqual([])
  expect((await others.get('/api/v1/unpaid')).json['payments']).toEqual([])
})

test('a demand is sent once for its key, and more time is given', async () => {
  const { id, dueAt } = await byGiro('윤하늘')
  const key = { 'idempotency-key': fresh('demand') }
  const sent = await calls.post(`/api/v1/payments/${id}/demands`, {}, key)
  expect(sent.status).toBe(201)
  expect(sent.json).toMatchObject({ paymentId: id, demands: 1 })
  expect((await calls.post(`/api/v1/payments/${id}/demands`, {}, key)).json).toEqual(sent.json)
  expect((await others.post(`/api/v1/payments/${id}/demands`, {}, { 'idempotency-key': fresh('no') })).status).toBe(404)

  const until = later(new Date(dueAt), 10 * DAY).toISOString()
  const extend = (at: string) =>
    calls.post(`/api/v1/payments/${id}/due-date`, { dueAt: at }, { 'idempotency-key': fresh('due') })
  expect((await extend(until)).json).toMatchObject({ dueAt: until })
  expect((await extend('2020-01-01T00:00:00.000Z')).json).toMatchObject({
    code: 'invalid-input',
    errors: [{ pointer: '/dueAt' }],
  })
})

test('nothing is demanded of a payment that waits for nothing', async () => {
  const opened = await calls.post('/api/v1/payments', anOrder(), { 'idempotency-key': fresh('open') })
  const path = `/api/v1/payments/${String(opened.json['id'])}/demands`
  const answer = await calls.post(path, {}, { 'idempotency-key': fresh('demand') })
  expect([answer.status, answer.json['code']]).toEqual([409, 'not-awaited'])
})

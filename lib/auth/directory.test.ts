import { expect, test } from 'vitest'
import { anOrder, aShop, paidWith, shopCalls, startApi } from '../http/http.fixtures'
import { publicId } from '../ids'
import { HOUSE_MERCHANT } from '../merchants/house'
import { aRegistration } from './auth.fixtures'
import type { Person } from './person'

const api = await startApi()
const { gateway } = api
const { directory, people, sessions } = gateway

async function aPerson(changes = {}): Promise<Person> {
  const registered = await people.register(aRegistration(changes))
  if (registered.kind !== 'registered') throw new Error(registered.kind)
  return registered.person
}

const operator = await aPerson({ name: '문하람' })
await people.appointToSystem(operator.id, 'operator')

const shopForm = (ownerEmail: string) => ({
  ...{ name: '새벽책방', nameEn: 'Dawn Books', categoryCode: '5942', currencies: ['KRW'] as const },
  ...{ ownerEmail, locale: 'ko' as const },
})

test('a shop that the operator opens takes nothing until its invited owner has joined and chosen', async () => {
  const owner = await aPerson({ email: 'dawn@mail.example' })
  const opened = await directory.openShop(shopForm(' Dawn@Mail.example '), operator)
  if (opened.kind !== 'opened') throw new Error(opened.reason)
  const { id } = opened.merchant
  expect(opened).toMatchObject({ invited: true, merchant: { modules: [], confirmation: 'required' } })
  expect(await directory.shop(id)).toMatchObject({ owners: [], people: 0 })
  expect(await gateway.invitations.open(id)).toMatchObject([{ email: 'dawn@mail.example', role: 'owner' }])

  await people.appoint({ merchantId: id, personId: owner.id, role: 'owner' })
  expect(await directory.shop(id)).toMatchObject({ owners: [{ id: owner.id }], people: 1 })
  expect((await directory.shops({ text: 'DAWN', limit: 5 })).map(({ merchant }) => merchant.id)).toEqual([id])
})

test('no shop is opened for an owner who cannot be written to', async () => {
  const before = (await directory.shops({ limit: 100 })).length
  expect(await directory.openShop(shopForm('dawn at mail'), operator)).toEqual({ kind: 'refused', reason: 'bad-email' })
  expect(await directory.shops({ limit: 100 })).toHaveLength(before)
})

test('a suspended person is logged out at once, cannot log in, and comes back with the same roles (P6.5)', async () => {
  const registration = aRegistration()
  const person = await aPerson(registration)
  const { merchant } = await aShop(api)
  await people.appoint({ merchantId: merchant.id, personId: person.id, role: 'counselor' })
  const token = await sessions.start(person.id)
  const login = () => people.authenticate({ email: registration.email, password: registration.password })

  expect(await directory.suspendPerson(person.id, operator)).toBe('done')
  expect(await sessions.find(token)).toBeUndefined()
  expect(await login()).toEqual({ kind: 'refused' })
  // A session that was being opened at that very moment is worth nothing either.
  expect(await sessions.find(await sessions.start(person.id))).toBeUndefined()
  expect(await directory.suspendPerson(person.id, operator)).toBe('unchanged')

  expect(await directory.reopenPerson(person.id)).toBe('done')
  expect(await login()).toMatchObject({ kind: 'authenticated' })
  expect(await people.membership(person.id, merchant.id)).toMatchObject({ role: 'counselor' })
})

test('an operator does not suspend themselves', async () => {
  expect(await directory.suspendPerson(operator.id, operator)).toBe('self')
  expect((await directory.person(operator.id))?.suspendedAt).toBeUndefined()
})

test('at a suspended shop no payment begins, while what was begun is finished', async () => {
  const { merchant, secret } = await aShop(api)
  const { get, post } = shopCalls(api.hosts['the api process'], secret)
  const begin = async (wanted = {}) => (await post('/api/v1/payments', anOrder(wanted))).json as { id: string }
  const [open, held] = [
    await begin(),
    await begin({ ...paidWith('roomy'), email: 'a@mail.example', capture: 'manual' }),
  ]

  expect(await directory.suspendShop(merchant.id)).toBe('done')
  const refused = await post('/api/v1/payments', anOrder())
  expect(refused.status).toBe(403)
  expect(refused.json).toMatchObject({ type: expect.stringContaining('shop-suspended') })
  expect((await get(`/api/v1/payments/${open.id}`)).status).toBe(200)
  expect((await post(`/api/v1/payments/${open.id}/cancel`, { reason: '품절' })).status).toBe(200)
  expect((await post(`/api/v1/payments/${held.id}/capture`, {})).json).toMatchObject({ status: 'paid' })

  expect(await directory.reopenShop(merchant.id)).toBe('done')
  expect((await post('/api/v1/payments', anOrder())).status).toBe(201)
})

test('a payment link of a suspended shop sells nothing', async () => {
  const { merchant } = await aShop(api)
  const made = await gateway.paymentLinks.create({
    ...{ merchantId: merchant.id, name: '달항아리', currency: 'KRW', price: { kind: 'fixed', amount: 30_000n } },
    createdBy: { kind: 'person', id: 'p', name: 'Owner' },
  })
  if (made.kind !== 'created') throw new Error(made.reason)
  const token = made.link.url.slice(made.link.url.lastIndexOf('/') + 1)
  const buy = (visitor: string) => gateway.paymentLinks.buy(token, { visitor, address: '2001:db8::7', locale: 'ko' })

  await directory.suspendShop(merchant.id)
  expect(await buy('first')).toEqual({ kind: 'refused', reason: 'not-payable' })
})

test('our own house cannot be stopped, and is no shop in the list', async () => {
  expect(await directory.suspendShop(HOUSE_MERCHANT)).toBe('unchanged')
  const shops = await directory.shops({ limit: 100 })
  expect(shops.map(({ merchant }) => merchant.id)).not.toContain(HOUSE_MERCHANT)
})

test('people are found by role, name, shop and standing; shoppers only by their whole address', async () => {
  const { merchant } = await aShop(api, { name: '초롱상회', nameEn: 'Lantern Store' })
  const courier = await aPerson({ name: '서가람' })
  await people.appoint({ merchantId: merchant.id, personId: courier.id, role: 'courier' })
  const shopper = await aPerson({ name: '서가람', email: 'seo@mail.example' })
  const found = async (filter: Omit<Parameters<typeof directory.people>[0], 'limit'>) =>
    (await directory.people({ ...filter, limit: 50 })).map(({ person }) => publicId('per', person.id))
  const [courierId, shopperId] = [publicId('per', courier.id), publicId('per', shopper.id)]

  expect(await found({ text: '서가' })).toEqual([courierId])
  expect(await found({ text: 'lantern' })).toEqual([courierId])
  expect(await found({ text: 'Seo@mail.example' })).toEqual([shopperId])
  expect(await found({ role: 'courier' })).toEqual([courierId])
  expect(await found({ role: 'operator' })).toEqual([publicId('per', operator.id)])
  expect(await found({})).not.toContain(shopperId)
  await directory.suspendPerson(courier.id, operator)
  expect(await found({ suspended: true })).toEqual([courierId])
  expect(await found({ before: operator.id })).toEqual([])
})

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { aMerchant, startGateway } from '../../test/gateway'
import { createVault } from '../cards/vault'
import { publicId } from '../ids'
import { createOpenService } from './open-service'

const world = await startGateway()
const { gateway, settings } = world
const { openService } = gateway

async function anApplication(name = '가게 응용', merchant?: { readonly id: string }) {
  const { id: merchantId } = merchant ?? (await aMerchant(gateway))
  const made = await openService.create(merchantId, name)
  if (made.kind === 'refused') throw new Error(made.reason)
  return { ...made.application, secret: made.secret }
}

test('M-77: an application may do nothing until the operator says what, and then that from the next call on', async () => {
  const { id, secret } = await anApplication()
  expect((await openService.bySecret(secret))?.application).toMatchObject({ rights: [], reach: 'own' })
  const largestCharge = { amount: 1000n, currency: 'KRW' } as const
  await openService.allow(id, { rights: ['SendSms.sendSms'], reach: 'every', largestCharge })
  expect((await openService.bySecret(secret))?.application).toMatchObject({
    ...{ rights: ['SendSms.sendSms'], reach: 'every', largestCharge },
  })
  await openService.allow(id, { rights: [], reach: 'own' })
  expect((await openService.bySecret(secret))?.application).not.toHaveProperty('largestCharge')
  await openService.revoke({ id })
  expect(await openService.bySecret(secret)).toBeUndefined()
  expect(await openService.allow(id, { rights: ['SendSms.sendSms'], reach: 'own' })).toBe(false)
})

test('a right that the program no longer knows is none', async () => {
  const { id, secret } = await anApplication()
  await gateway.database.pool.query(`update open_application set rights = '{SendSms.sendSms,Old.gone}' where id = $1`, [
    id,
  ])
  expect((await openService.bySecret(secret))?.application.rights).toEqual(['SendSms.sendSms'])
})

test('applications are found by their name and their shop’s, the newest first, page by page', async () => {
  const merchant = await aMerchant(gateway, { name: '노을서점', nameEn: 'Sunset Books' })
  const [first, second, third] = [
    await anApplication('하나', merchant),
    await anApplication('둘', merchant),
    await anApplication('셋', merchant),
  ]
  const names = async (search: Parameters<typeof openService.list>[0]) =>
    (await openService.list(search)).map(({ name }) => name)
  expect(await names({ text: 'sunset', limit: 2 })).toEqual(['셋', '둘'])
  expect(await names({ text: 'sunset', before: second.id, limit: 2 })).toEqual(['하나'])
  expect(await names({ text: '셋', limit: 10 })).toEqual(['셋'])
  expect(await names({ merchantId: merchant.id, limit: 10 })).toEqual(['셋', '둘', '하나'])
  expect(await openService.find(first.id)).toMatchObject({ name: '하나', merchantName: '노을서점' })
  expect(publicId('app', third.id)).toMatch(/^app_[0-9a-z]{26}$/)
})

test('a code has one price, and the new one replaces the old', async () => {
  const { id } = await anApplication()
  const tariff = { code: 'song', currency: 'KRW', price: 700n, unit: '' } as const
  await openService.setTariff(id, tariff)
  await openService.setTariff(id, { ...tariff, price: 800n, perVolume: 3n, unit: 'MB' })
  expect(await openService.tariffs(id)).toEqual([{ ...tariff, price: 800n, perVolume: 3n, unit: 'MB' }])
  expect(await openService.tariff(id, 'other')).toBeUndefined()
  expect(await openService.removeTariff(id, 'song')).toBe(true)
  expect(await openService.removeTariff(id, 'song')).toBe(false)
})

test('P8.1: secrets are sealed again with the key in use, and are the same ones', async () => {
  const { id, secret } = await anApplication()
  const sealing = [{ id: 'next', key: randomBytes(32) }, ...settings.CARD_KEYS]
  const vault = createVault({ sealing, fingerprint: settings.FINGERPRINT_KEY })
  const rotated = createOpenService({ database: gateway.database, clock: gateway.clock, vault })
  while ((await rotated.rotateKeys(2)) > 0);
  const { rows } = await gateway.database.pool.query('select distinct key_id from open_secret')
  expect(rows).toEqual([{ key_id: 'next' }])
  expect((await rotated.bySecret(secret))?.application.id).toBe(id)
})

test('one merchant has at most fifty applications', async () => {
  const merchant = await aMerchant(gateway)
  for (let made = 0; made < 50; made++) await anApplication(`응용 ${made}`, merchant)
  expect(await openService.create(merchant.id, '하나 더')).toEqual({ kind: 'refused', reason: 'too-many-applications' })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anAccount as openAccount } from '../../accounts/accounts.fixtures'
import type { NewAccount } from '../../accounts/account-keeping'
import { publicId } from '../../ids'
import { rate, rateFurther } from '../../parlayx/rating'
import { verifyBooks } from '../../ledger/verify'
import { fresh } from '../http.fixtures'
import { foreignClient, startParlay } from './parlayx.fixtures'

const world = await startParlay()
const { gateway } = world
const owner = await world.anApplication()
await gateway.openService.setTariff(owner.application.id, { code: 'song', currency: 'KRW', price: 700n, unit: '' })
const DATA = { code: 'data', currency: 'KRW', price: 10n, perVolume: 3n, unit: 'MB' } as const
await gateway.openService.setTariff(owner.application.id, DATA)

const clientOf = (service: string, application = owner) =>
  foreignClient(`${world.url}/parlayx/${service}?wsdl`, application)
const [amounts, reservations, volumes, volumeReservations] = (await Promise.all(
  ['AmountCharging', 'ReserveAmountCharging', 'VolumeCharging', 'ReserveVolumeCharging'].map((name) => clientOf(name)),
)) as [Client, Client, Client, Client]
type Client = Awaited<ReturnType<typeof foreignClient>>

const DONE = { result: undefined }
const REFUSED = { fault: 'SVC0270' }

/** A prepaid account of the application's merchant with ten thousand won on it. */
async function anAccount({
  load: balance = 10_000n,
  ...wanted
}: Partial<NewAccount> & { readonly load?: bigint } = {}) {
  const { id, number } = await openAccount(gateway, { issuerId: owner.merchant.id, balance, ...wanted })
  return { id, number, user: `account:${number}`, balance: async () => (await gateway.accounts.find(id))!.balance }
}

const charging = (amount: number | string, more: object = {}) => ({
  description: '벨소리',
  currency: 'KRW',
  amount,
  ...more,
})
const toCharge = (user: string, amount: number | string, referenceCode = fresh('ref')) => ({
  ...{ endUserIdentifier: user, charge: charging(amount), referenceCode },
})

describe('Amount Charging', () => {
  test('charges an account by number, by name and by telephone (M-84, M-87, M-102)', async () => {
    const mobile = '+821033300001'
    const account = await anAccount({ mobile })
    for (const user of [account.user, account.number, `account:${publicId('acc', account.id)}`, `tel:${mobile}`]) {
      expect(await amounts.call('chargeAmount', toCharge(user, 1000))).toEqual(DONE)
    }
    expect(await account.balance()).toBe(6_000n)
    const [newest] = await gateway.accounts.history(account.id, { limit: 1 })
    expect(newest).toMatchObject({ kind: 'charge', amount: 1000n, description: '벨소리', shop: owner.merchant.name })
  })

  test('charges the price of a code', async () => {
    const account = await anAccount()
    const charge = { description: '노래', code: 'song' }
    const input = { endUserIdentifier: account.user, charge, referenceCode: fresh('ref') }
    expect(await amounts.call('chargeAmount', input)).toEqual(DONE)
    expect(await account.balance()).toBe(9_300n)
  })

  test('P2.4: charges once for a reference, and refuses it for anything else', async () => {
    const account = await anAccount()
    const input = toCharge(account.user, 2000)
    const answers = await Promise.all(Array.from({ length: 5 }, () => amounts.call('chargeAmount', input)))
    expect(answers).toEqual(Array.from({ length: 5 }, () => DONE))
    expect(await account.balance()).toBe(8_000n)
    expect(await amounts.call('chargeAmount', { ...input, charge: charging(2001) })).toEqual({
      fault: 'SVC0002 referenceCode',
    })
    const other = await clientOf('AmountCharging', await world.anApplication({ merchant: owner.merchant }))
    expect(await other.call('chargeAmount', input)).toEqual(DONE)
    expect(await account.balance()).toBe(6_000n)
  })

  test('at a suspended shop charges nothing, until the shop is open again', async () => {
    const account = await anAccount()
    await gateway.directory.suspendShop(owner.merchant.id)
    const refused = await amounts.call('chargeAmount', toCharge(account.user, 1000))
    await gateway.directory.reopenShop(owner.merchant.id)
    expect(refused).toEqual({ fault: 'POL0001 shop-suspended' })
    expect(await amounts.call('chargeAmount', toCharge(account.user, 1000))).toEqual(DONE)
    expect(await account.balance()).toBe(9_000n)
  })

  test('P6.7: says alike of every account that cannot be charged', async () => {
    const stranger = await world.anApplication()
    const foreign = await anAccount({ issuerId: stranger.merchant.id })
    const suspended = await anAccount()
    await gateway.accounts.suspend(suspended.id, { kind: 'operator', id: 'x', name: 'x' })
    const lost = await anAccount()
    await gateway.accounts.reportLost(lost.id, { kind: 'shopper', id: 'x', name: 'x' })
    const expired = await anAccount({ validUntil: new Date(0) })
    const limited = await anAccount({ limits: { perMonth: 100n } })
    const poor = await anAccount({ load: 0n })
    for (const { user } of [foreign, suspended, lost, expired, limited, poor]) {
      expect(await amounts.call('chargeAmount', toCharge(user, 1000))).toEqual(REFUSED)
    }
    for (const user of ['account:9420000000000000', 'tel:+821099999999', `account:acc_${'0'.repeat(26)}`]) {
      expect(await amounts.call('chargeAmount', toCharge(user, 1000))).toEqual(REFUSED)
    }
    const everywhere = await world.anApplication({ merchant: owner.merchant, reach: 'every' })
    const client = await clientOf('AmountCharging', everywhere)
    expect(await client.call('chargeAmount', toCharge(foreign.user, 1000))).toEqual(DONE)
  })

  test.each<[string, object, string]>([
    ['no amount and no code', { charge: { description: 'a' } }, 'SVC0007'],
    ['an amount and a code', { charge: charging(1, { code: 'song' }) }, 'SVC0007'],
    ['a code without a price', { charge: { description: 'a', code: 'film' } }, 'SVC0007'],
    ['the code of a volume', { charge: { description: 'a', code: 'data' } }, 'SVC0007'],
    ['a fraction of a won', { charge: charging('1.5') }, 'SVC0007'],
    ['nothing', { charge: charging(0) }, 'SVC0007'],
    ['more than any payment', { charge: charging('1000000000000') }, 'SVC0007'],
    ['a negative amount', { charge: charging(-1) }, 'SVC0002 amount'],
    ['an exponent', { charge: charging('1e3') }, 'SVC0002 amount'],
    ['leading zeros', { charge: charging('0100') }, 'SVC0002 amount'],
    ['a currency that the merchant does not take', { charge: charging(1, { currency: 'EUR' }) }, 'SVC0007'],
    ['a currency in small letters', { charge: charging(1, { currency: 'krw' }) }, 'SVC0007'],
    ['no words', { charge: charging(1, { description: ' ' }) }, 'SVC0002 description'],
    ['no reference', { referenceCode: '' }, 'SVC0002 referenceCode'],
    ['a reference that is too long', { referenceCode: 'a'.repeat(201) }, 'SVC0002 referenceCode'],
    ['nobody', { endUserIdentifier: 'mailto:a@b.example' }, 'SVC0002 endUserIdentifier'],
  ])('P10.2: %s is refused', async (_title, changes, fault) => {
    const input = { ...toCharge('account:9420000000000000', 1), ...changes }
    expect(await amounts.call('chargeAmount', input)).toEqual({ fault })
  })

  test('an application charges no more at once than the operator lets it', async () => {
    const largestCharge = { amount: 500n, currency: 'KRW' } as const
    const small = await clientOf(
      'AmountCharging',
      await world.anApplication({ merchant: owner.merchant, largestCharge }),
    )
    const account = await anAccount()
    expect(await small.call('chargeAmount', toCharge(account.user, 500))).toEqual(DONE)
    expect(await small.call('chargeAmount', toCharge(account.user, 501))).toEqual({ fault: 'POL0001 charge-limit' })
    const dollars = { ...toCharge(account.user, 1), charge: charging(1, { currency: 'USD' }) }
    expect(await small.call('chargeAmount', dollars)).toEqual({ fault: 'POL0001 charge-limit' })
  })

  test('splits an amount over several accounts, all or nothing', async () => {
    const [one, two, poor] = [await anAccount(), await anAccount(), await anAccount({ load: 10n })]
    const split = (referenceCode: string, ...shares: [string, number][]) => ({
      splitInfo: shares.map(([endUserIdentifier, percent]) => ({ endUserIdentifier, percent })),
      charge: charging(1001),
      referenceCode,
    })
    const good = split('split-1', [one.user, 50], [two.user, 50])
    expect(await amounts.call('chargeSplitAmount', good)).toEqual(DONE)
    expect(await amounts.call('chargeSplitAmount', good)).toEqual(DONE)
    expect((await one.balance()) + (await two.balance())).toBe(20_000n - 1001n)
    expect(await amounts.call('chargeSplitAmount', split('split-2', [one.user, 50], [poor.user, 50]))).toEqual(REFUSED)
    expect((await one.balance()) + (await two.balance())).toBe(20_000n - 1001n)
    for (const shares of [
      [
        [one.user, 50],
        [two.user, 49],
      ],
      [
        [one.user, 50],
        [one.user, 50],
      ],
      [
        [one.user, 100],
        [two.user, 0],
      ],
    ] as [string, number][][]) {
      expect(await amounts.call('chargeSplitAmount', split(fresh('split'), ...shares))).toEqual({
        fault: 'SVC0002 splitInfo',
      })
    }
  })

  describe('a refund', () => {
    test('reverses the charge that it names, or has the reference of, and keeps that link', async () => {
      const account = await anAccount()
      await amounts.call('chargeAmount', toCharge(account.user, 3000, 'movie'))
      await amounts.call('chargeAmount', toCharge(account.user, 2000, 'song'))
      const back = { ...toCharge(account.user, 1000), charge: charging(1000, { code: 'movie' }) }
      expect(await amounts.call('refundAmount', back)).toEqual(DONE)
      expect(await amounts.call('refundAmount', back)).toEqual(DONE)
      expect(await amounts.call('refundAmount', toCharge(account.user, 2000, 'song'))).toEqual(DONE)
      expect(await account.balance()).toBe(8_000n)
      const history = await gateway.accounts.history(account.id, { limit: 10 })
      const [song, movie] = history.filter(({ kind }) => kind === 'charge')
      const [second, first] = history.filter(({ kind }) => kind === 'refund')
      expect([first?.chargeId, second?.chargeId]).toEqual([movie?.id, song?.id])
    })

    test('without a name reverses the newest that has so much left, and never more than was charged', async () => {
      const account = await anAccount()
      await amounts.call('chargeAmount', toCharge(account.user, 3000))
      await amounts.call('chargeAmount', toCharge(account.user, 500))
      expect(await amounts.call('refundAmount', toCharge(account.user, 500))).toEqual(DONE)
      expect(await amounts.call('refundAmount', toCharge(account.user, 500))).toEqual(DONE)
      expect(await amounts.call('refundAmount', toCharge(account.user, 2501))).toEqual(REFUSED)
      expect(await amounts.call('refundAmount', toCharge(account.user, 2500))).toEqual(DONE)
      expect(await amounts.call('refundAmount', toCharge(account.user, 1))).toEqual(REFUSED)
      expect(await account.balance()).toBe(10_000n)
    })

    test('is of the application’s own charges only', async () => {
      const account = await anAccount()
      await amounts.call('chargeAmount', toCharge(account.user, 3000, 'mine'))
      const other = await clientOf('AmountCharging', await world.anApplication({ merchant: owner.merchant }))
      expect(await other.call('refundAmount', toCharge(account.user, 3000, 'mine'))).toEqual(REFUSED)
      expect(await account.balance()).toBe(7_000n)
    })
  })
})

describe('Reserve Amount Charging', () => {
  const reserve = async (user: string, amount: number) =>
    (
      (await reservations.call('reserveAmount', { endUserIdentifier: user, charge: charging(amount) })) as {
        result: string
      }
    ).result

  test('sets aside, sets more aside, charges in parts and gives the rest back (M-103)', async () => {
    const account = await anAccount()
    const reservationIdentifier = await reserve(account.user, 5000)
    const more = { reservationIdentifier, charge: charging(2000) }
    expect(await reservations.call('reserveAdditionalAmount', more)).toEqual(DONE)
    expect(await gateway.accounts.find(account.id)).toMatchObject({ balance: 10_000n, held: 7_000n })
    expect(await amounts.call('chargeAmount', toCharge(account.user, 3001))).toEqual(REFUSED)
    const part = { reservationIdentifier, charge: charging(4000), referenceCode: fresh('part') }
    expect(await reservations.call('chargeReservation', part)).toEqual(DONE)
    expect(await reservations.call('chargeReservation', part)).toEqual(DONE)
    const tooMuch = { ...part, charge: charging(3001), referenceCode: fresh('part') }
    expect(await reservations.call('chargeReservation', tooMuch)).toEqual(REFUSED)
    expect(await reservations.call('releaseReservation', { reservationIdentifier })).toEqual(DONE)
    expect(await reservations.call('releaseReservation', { reservationIdentifier })).toEqual(DONE)
    expect(await gateway.accounts.find(account.id)).toMatchObject({ balance: 6_000n, held: 0n })
    const late = { ...part, charge: charging(1), referenceCode: fresh('part') }
    expect(await reservations.call('chargeReservation', late)).toEqual(REFUSED)
  })

  test('sets nothing aside that is not there', async () => {
    const account = await anAccount()
    const input = { endUserIdentifier: account.user, charge: charging(10_001) }
    expect(await reservations.call('reserveAmount', input)).toEqual(REFUSED)
  })

  test('P6.2: another application’s reservation is as one that never was', async () => {
    const account = await anAccount()
    const reservationIdentifier = await reserve(account.user, 5000)
    const other = await clientOf('ReserveAmountCharging', await world.anApplication({ merchant: owner.merchant }))
    const missing = { fault: 'SVC0002 reservationIdentifier' }
    expect(await other.call('releaseReservation', { reservationIdentifier })).toEqual(missing)
    expect(await other.call('releaseReservation', { reservationIdentifier: 'ars_none' })).toEqual(missing)
    expect(await reservations.call('releaseReservation', { reservationIdentifier })).toEqual(DONE)
  })
})

const parameters = [
  { name: 'service', value: 'data' },
  { name: 'unit', value: 'MB' },
]
const ofVolume = (user: string, volume: number, referenceCode = fresh('ref')) => ({
  ...{ endUserIdentifier: user, volume, billingText: '데이터', referenceCode, parameters },
})

describe('Volume Charging', () => {
  test('says what a volume costs, charges it and gives it back (M-103)', async () => {
    const account = await anAccount()
    const asked = { endUserIdentifier: account.user, volume: 4, parameters }
    expect(await volumes.call('getAmount', asked)).toEqual({
      result: { description: '4', currency: 'KRW', amount: 14 },
    })
    expect(await volumes.call('chargeVolume', ofVolume(account.user, 4, 'volume'))).toEqual(DONE)
    expect(await volumes.call('chargeVolume', ofVolume(account.user, 4, 'volume'))).toEqual(DONE)
    expect(await account.balance()).toBe(9_986n)
    expect(await volumes.call('refundVolume', ofVolume(account.user, 3, 'volume'))).toEqual(DONE)
    expect(await account.balance()).toBe(9_996n)
    const splitInfo = [{ endUserIdentifier: account.user, percent: 100 }]
    const split = { splitInfo, volume: 3, billingText: '데이터', referenceCode: fresh('ref'), parameters: [] }
    expect(await volumes.call('chargeSplitVolume', split)).toEqual(DONE)
    expect(await account.balance()).toBe(9_986n)
  })

  test.each<[string, object, string]>([
    ['of no size', { volume: 0 }, 'SVC0002 volume'],
    ['of another unit', { parameters: [{ name: 'unit', value: 'GB' }] }, 'SVC0007'],
    ['without a tariff', { parameters: [{ name: 'service', value: 'films' }] }, 'SVC0007'],
    ['with a property that nobody knows', { parameters: [{ name: 'colour', value: 'red' }] }, 'SVC0002 parameters'],
    ['with a property twice', { parameters: [...parameters, ...parameters] }, 'SVC0002 parameters'],
  ])('a volume %s is refused', async (_title, changes, fault) => {
    expect(await volumes.call('chargeVolume', { ...ofVolume('account:9420000000000000', 1), ...changes })).toEqual({
      fault,
    })
  })

  test('however a volume is cut up, its parts cost together what it costs', () => {
    const tariff = fc.record({ price: fc.bigInt(1n, 1000n), perVolume: fc.bigInt(1n, 1000n) })
    fc.assert(
      fc.property(tariff, fc.array(fc.bigInt(1n, 500n), { minLength: 1 }), (rating, cuts) => {
        let before = 0n
        let paid = 0n
        for (const cut of cuts) {
          paid += rateFurther(rating, before, cut)
          before += cut
        }
        expect(paid).toBe(rate(rating, before))
      }),
    )
  })
})

describe('Reserve Volume Charging', () => {
  test('sets a volume aside at its price and charges what is used of it', async () => {
    const account = await anAccount()
    const asked = { endUserIdentifier: account.user, volume: 10, parameters }
    expect(await volumeReservations.call('getAmount', asked)).toMatchObject({ result: { amount: 34 } })
    const reserved = await volumeReservations.call('reserveVolume', { ...asked, billingText: '데이터' })
    const { result: reservationIdentifier } = reserved as { result: string }
    const more = { reservationIdentifier, volume: 5, billingText: '데이터' }
    expect(await volumeReservations.call('reserveAdditionalVolume', more)).toEqual(DONE)
    expect(await gateway.accounts.find(account.id)).toMatchObject({ held: rate(DATA, 15n) })
    const use = (volume: number, referenceCode = fresh('use')) =>
      volumeReservations.call('chargeReservation', {
        reservationIdentifier,
        volume,
        billingText: '데이터',
        referenceCode,
      })
    expect(await use(1, 'used-1')).toEqual(DONE)
    expect(await use(1, 'used-1')).toEqual(DONE)
    expect(await use(2, 'used-1')).toEqual({ fault: 'SVC0002 referenceCode' })
    expect(await Promise.all([use(1), use(1), use(1)])).toEqual([DONE, DONE, DONE])
    expect(await account.balance()).toBe(10_000n - rate(DATA, 4n))
    expect(await use(12)).toEqual(REFUSED)
    expect(await use(11)).toEqual(DONE)
    expect(await gateway.accounts.find(account.id)).toMatchObject({ balance: 10_000n - rate(DATA, 15n), held: 0n })
    expect(await volumeReservations.call('releaseReservation', { reservationIdentifier })).toEqual(DONE)
    expect(await use(1)).toEqual(REFUSED)
  })

  test('a volume that could not be set aside is not charged either', async () => {
    const account = await anAccount({ load: 40n })
    const asked = { endUserIdentifier: account.user, volume: 10, parameters, billingText: '데이터' }
    const { result: reservationIdentifier } = (await volumeReservations.call('reserveVolume', asked)) as {
      result: string
    }
    const more = { reservationIdentifier, volume: 50, billingText: '데이터' }
    expect(await volumeReservations.call('reserveAdditionalVolume', more)).toEqual(REFUSED)
    const use = { reservationIdentifier, volume: 11, billingText: '데이터', referenceCode: fresh('use') }
    expect(await volumeReservations.call('chargeReservation', use)).toEqual(REFUSED)
  })
})

test('P2.1: the books are whole after all of this', async () => {
  expect(await verifyBooks(gateway.database.pool)).toEqual([])
})

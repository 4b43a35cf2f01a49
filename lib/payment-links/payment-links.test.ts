import { beforeAll, describe, expect, test } from 'vitest'
import { verifyBooks } from '../ledger/verify'
import type { Merchant } from '../merchants/merchant'
import { cardMeans, type PaymentWorld, startPayments } from '../payments/payments.fixtures'
import type { NewLink } from './payment-links'

let world: PaymentWorld
let merchant: Merchant

beforeAll(async () => {
  world = await startPayments()
  merchant = await world.aShop()
})

const links = () => world.gateway.paymentLinks
const owner = { kind: 'person', id: 'p', name: 'Owner' } as const

async function aLink(changes: Partial<NewLink> = {}) {
  const made = await links().create({
    ...{ merchantId: merchant.id, name: '달항아리', currency: 'KRW', createdBy: owner },
    ...{ price: { kind: 'fixed', amount: 30_000n }, ...changes },
  })
  if (made.kind !== 'created') throw new Error(made.reason)
  return made.link
}

let visitors = 0
const tokenOf = ({ url }: { url: string }) => url.slice(url.lastIndexOf('/') + 1)

function buy(link: { url: string }, wish: { visitor?: string; address?: string; amount?: bigint } = {}) {
  visitors += 1
  const stranger = { visitor: `visitor ${visitors}`, address: `2001:db8::${visitors}`, locale: 'ko' as const }
  return links().buy(tokenOf(link), { ...stranger, ...wish })
}

async function opened(link: { url: string }, wish: Parameters<typeof buy>[1] = {}) {
  const bought = await buy(link, wish)
  if (bought.kind !== 'opened') throw new Error(bought.reason)
  return bought.paymentId
}

const pay = (paymentId: string, role: 'roomy' | 'declines' = 'roomy') =>
  world.gateway.payments.pay(merchant.id, paymentId, {
    means: [role === 'roomy' ? cardMeans('hanbit') : cardMeans('hanbit', 'declines')],
  })
const stateOf = async (id: string) => (await links().find(merchant.id, id))?.state
const takenOf = async (id: string) => (await links().find(merchant.id, id))?.taken

describe('a payment link (M-119)', () => {
  test('opens a payment for its product at its price, once for each visitor', async () => {
    const link = await aLink()
    const paymentId = await opened(link, { visitor: 'mine' })
    expect(await opened(link, { visitor: 'mine' })).toBe(paymentId)
    expect(await opened(link, { visitor: 'somebody else' })).not.toBe(paymentId)
    expect(await world.gateway.payments.find(merchant.id, paymentId)).toMatchObject({
      ...{ orderName: '달항아리', amount: 30_000n, state: 'created', channel: 'hosted' },
      metadata: { paymentLink: expect.stringMatching(/^plk_/) as string },
    })
  })

  test('that was changed on its way is refused, wherever it was changed, and so is one of another shop', async () => {
    const link = await aLink()
    const token = tokenOf(link)
    for (const place of [0, 20, 30, 43, 63]) {
      const changed = token.slice(0, place) + (token[place] === 'A' ? 'B' : 'A') + token.slice(place + 1)
      expect(await links().follow(changed)).toEqual({ kind: 'changed' })
      expect(await links().buy(changed, { visitor: 'v', address: 'a', locale: 'ko' })).toEqual({
        ...{ kind: 'refused', reason: 'changed' },
      })
    }
    for (const wrong of ['', token.slice(1), `${token}A`, token.replace(/^./, '*')]) {
      expect(await links().follow(wrong)).toEqual({ kind: 'changed' })
    }
  })

  test('is worth nothing once somebody has changed the price that is stored behind it', async () => {
    const link = await aLink()
    await world.gateway.database.prisma.paymentLink.update({
      where: { merchantId_id: { merchantId: merchant.id, id: link.id } },
      data: { amount: 1n },
    })
    expect(await links().follow(tokenOf(link))).toEqual({ kind: 'changed' })
  })

  test('whose buyer chooses the amount takes nothing outside its bounds', async () => {
    const link = await aLink({ price: { kind: 'open', least: 1_000n, most: 5_000n } })
    for (const amount of [999n, 5_001n, 0n, -1n]) {
      expect(await buy(link, { amount })).toEqual({ kind: 'refused', reason: 'amount' })
    }
    expect(await buy(link)).toEqual({ kind: 'refused', reason: 'amount' })
    const first = await opened(link, { visitor: 'giver', amount: 1_000n })
    const second = await opened(link, { visitor: 'giver', amount: 5_000n })
    // Who thinks again leaves nothing behind.
    expect(await world.gateway.payments.find(merchant.id, first)).toMatchObject({ state: 'cancelled' })
    expect(await world.gateway.payments.find(merchant.id, second)).toMatchObject({ amount: 5_000n })
    expect(await takenOf(link.id)).toBe(1)
  })

  test('is never oversold, however many open it at once from however many processes', async () => {
    const link = await aLink({ stock: 3 })
    const other = await world.another()
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (index % 2 ? other : world.gateway).paymentLinks.buy(tokenOf(link), {
          ...{ visitor: `racer ${index}`, address: `198.51.100.${index}`, locale: 'ko' },
        }),
      ),
    )
    expect(tries.filter(({ kind }) => kind === 'opened')).toHaveLength(3)
    expect(tries.filter((one) => one.kind === 'refused').map(({ reason }) => reason)).toEqual(Array(9).fill('sold-out'))
    expect(await stateOf(link.id)).toBe('sold-out')
  })

  test('gives its piece back when the payment comes to nothing, and keeps it sold when it is paid', async () => {
    const link = await aLink({ stock: 1 })
    const first = await opened(link)
    expect(await buy(link)).toEqual({ kind: 'refused', reason: 'sold-out' })
    expect(await links().isHeldBy(link, `visitor ${visitors - 1}`)).toBe(true)
    expect(await links().isHeldBy(link, `visitor ${visitors}`)).toBe(false)
    await world.gateway.payments.cancel(merchant.id, first)
    expect(await stateOf(link.id)).toBe('open')

    const second = await opened(link)
    world.clock.forward(31 * 60_000)
    await world.gateway.payments.finishDue(100)
    await world.gateway.payments.idle()
    expect(await world.gateway.payments.find(merchant.id, second)).toMatchObject({ state: 'expired' })
    expect(await stateOf(link.id)).toBe('open')

    const third = await opened(link)
    expect(await pay(third)).toMatchObject({ kind: 'settled' })
    expect(await stateOf(link.id)).toBe('sold-out')
    expect((await links().sales(merchant.id, link.id, { limit: 10 })).map(({ state }) => state)).toEqual([
      ...['sold', 'given-back', 'given-back'],
    ])
    expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  })

  test('stays set aside while a declined buyer may still pay another way', async () => {
    const link = await aLink({ stock: 1 })
    const paymentId = await opened(link)
    expect(await pay(paymentId, 'declines')).toMatchObject({ kind: 'declined' })
    expect(await stateOf(link.id)).toBe('sold-out')
    expect(await pay(paymentId)).toMatchObject({ kind: 'settled' })
  })

  test('that is off or over sells nothing, but a checkout that is open may end', async () => {
    const link = await aLink()
    const paymentId = await opened(link)
    expect(await links().close(merchant.id, link.id)).toBe(true)
    expect(await links().close(merchant.id, link.id)).toBe(false)
    expect(await buy(link)).toEqual({ kind: 'refused', reason: 'off' })
    expect(await pay(paymentId)).toMatchObject({ kind: 'settled' })

    const brief = await aLink({ expiresAt: new Date(world.clock.now().getTime() + 60_000) })
    world.clock.forward(61_000)
    expect(await buy(brief)).toEqual({ kind: 'refused', reason: 'expired' })
  })

  test('whose opener died before the payment was opened gives the piece back after a while', async () => {
    const link = await aLink({ stock: 1 })
    const { pool } = world.gateway.database
    await pool.query('select open_link_sale($1::jsonb)', [
      JSON.stringify({
        ...{ merchantId: merchant.id, linkId: link.id, visitor: 'lost', amount: '30000', at: world.clock.now() },
        paymentId: '01900000-0000-7000-8000-000000000001',
      }),
    ])
    expect(await stateOf(link.id)).toBe('sold-out')
    await links().settleDue(100)
    expect(await stateOf(link.id)).toBe('sold-out')
    world.clock.forward(11 * 60_000)
    await links().settleDue(100)
    expect(await stateOf(link.id)).toBe('open')
  })

  test('cannot have its stock emptied from one address', async () => {
    const link = await aLink()
    // All within one window of the count.
    world.clock.stop()
    const tries = []
    for (let index = 0; index < 32; index++) tries.push(await buy(link, { address: '203.0.113.7' }))
    expect(tries.filter(({ kind }) => kind === 'opened')).toHaveLength(30)
    expect(tries.at(-1)).toEqual({ kind: 'refused', reason: 'too-many' })
    world.clock.forward(0)
  })

  test.each<[string, Partial<NewLink>]>([
    ['currency', { currency: 'EUR' }],
    ['amount', { price: { kind: 'fixed', amount: 0n } }],
    ['amount', { price: { kind: 'fixed', amount: 1_000_000_000_000n } }],
    ['bounds', { price: { kind: 'open', least: 2n, most: 1n } }],
    ['stock', { stock: 0 }],
    ['stock', { stock: 1.5 }],
    ['past', { expiresAt: new Date(0) }],
  ])('is not made with a wrong %s', async (reason, changes) => {
    const made = await links().create({
      ...{ merchantId: merchant.id, name: '달항아리', currency: 'KRW', createdBy: owner },
      ...{ price: { kind: 'fixed', amount: 30_000n }, ...changes },
    })
    expect(made).toEqual({ kind: 'refused', reason })
  })

  test('is found in the list by its name and by how it stands', async () => {
    const shop = await world.aShop()
    const named = async (name: string, changes: Partial<NewLink> = {}) =>
      aLink({ merchantId: shop.id, name, ...changes })
    await named('Tea bowl')
    const off = await named('Tea pot')
    await links().close(shop.id, off.id)
    const namesOf = async (filter: object) =>
      (await links().list(shop.id, { limit: 10, ...filter })).map(({ name }) => name)
    expect(await namesOf({})).toEqual(['Tea pot', 'Tea bowl'])
    expect(await namesOf({ state: 'open' })).toEqual(['Tea bowl'])
    expect(await namesOf({ state: 'off', text: 'TEA' })).toEqual(['Tea pot'])
    expect(await namesOf({ state: 'sold-out' })).toEqual([])
  })
})

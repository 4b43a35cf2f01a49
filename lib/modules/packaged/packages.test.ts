import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createPayments } from '../../payments/payments'
import { anOrder, cardMeans, openedPayment, partsOf, startPayments } from '../../payments/payments.fixtures'
import { loadPackages } from './load-packages'

// Somebody who has read docs/modules.md and nothing else writes a module somewhere outside of this repository.
const elsewhere = await mkdtemp(path.join(tmpdir(), 'moa-stranger-'))

async function aPackage(name: string, source: string): Promise<string> {
  const folder = path.join(elsewhere, name)
  await mkdir(folder)
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name, type: 'module', exports: './index.js' }))
  await writeFile(path.join(folder, 'index.js'), source)
  return folder
}

/** A module that keeps its own books in memory: stars, of which everybody has plenty. */
const STARS = `
const holds = new Map()
export default {
  spi: 1,
  code: 'stars',
  version: '0.3.1',
  names: { ko: '별', en: 'Stars' },
  fields: [{ name: 'nickname', label: { ko: '별명', en: 'Nickname' }, kind: 'text', longest: 30 }],
  verbs: ['plan', 'authorize', 'capture', 'void', 'refund', 'settingsFault'],
  start({ settings }) {
    return {
      plan({ amount, input, settings: own }) {
        if (typeof input?.nickname !== 'string') return { kind: 'wrong-input' }
        if (own?.friend !== undefined && own.friend !== input.nickname) return { kind: 'refused', reason: 'not-permitted' }
        return { kind: 'planned', legs: [{ means: { nickname: input.nickname }, amount: amount.amount }] }
      },
      authorize({ authorizeReference, amount }) {
        if (amount.amount > BigInt(settings.sky)) return { kind: 'declined', reason: 'insufficient-funds' }
        holds.set(authorizeReference, { left: amount.amount, refunds: new Set() })
        return { kind: 'authorized', hold: { sky: 'north', secrets: String(Object.keys(process.env).length) } }
      },
      capture: () => ({ kind: 'done' }),
      void({ authorizeReference }) {
        holds.delete(authorizeReference)
        return { kind: 'done' }
      },
      refund({ authorizeReference }, { reference, amount }) {
        const hold = holds.get(authorizeReference)
        if (hold.refunds.has(reference)) return { kind: 'done' }
        if (amount.amount > hold.left) return { kind: 'refused', reason: 'limit-exceeded' }
        hold.left -= amount.amount
        hold.refunds.add(reference)
        return { kind: 'done' }
      },
      settingsFault: ({ friend }) => (friend === undefined || typeof friend === 'string' ? undefined : 'friend is a name'),
    }
  },
}`

const described = (code: string, verbs: string) => `
export default {
  spi: 1, code: '${code}', version: '1', names: { ko: '남', en: 'Theirs' },
  verbs: ['plan', 'authorize', 'capture', 'void'],
  start() {
    const plan = ({ amount }) => ({ kind: 'planned', legs: [{ means: {}, amount: amount.amount }] })
    const yes = () => ({ kind: 'done' })
    const good = { plan, authorize: () => ({ kind: 'authorized', hold: {} }), capture: yes, void: yes }
    return { ...good, ${verbs} }
  },
}`

const stars = await aPackage('stars', STARS)
const world = await startPayments({
  env: {
    MODULES: JSON.stringify([
      { package: stars, settings: { sky: 100_000 } },
      { package: await aPackage('clash', described('card', '')) },
      { package: path.join(elsewhere, 'nowhere') },
    ]),
  },
})
const { gateway } = world
afterAll(() => rm(elsewhere, { recursive: true, force: true }))

const byStars = (amount?: bigint) => ({ module: 'stars', input: { nickname: 'mina' }, ...(amount && { amount }) })

async function aShopWithStars() {
  const shop = await world.aShop()
  await gateway.merchantModules.register(shop.id, 'stars')
  await gateway.merchantModules.change(shop.id, 'stars', { state: 'active' })
  return shop
}

describe('a module that a stranger wrote outside of this repository', () => {
  test('starts inactive, then pays and is refunded in parts, and never beyond what was paid (M-104, M-108, M-139, M-140)', async () => {
    const shop = await world.aShop()
    await gateway.merchantModules.register(shop.id, 'stars')
    const refused = await gateway.payments.open(anOrder(shop, { means: [byStars()] }))
    expect(refused).toEqual({ kind: 'refused', reason: 'module-unavailable' })
    await gateway.merchantModules.change(shop.id, 'stars', { state: 'active' })
    // The contract is read anew a second later.
    world.clock.forward(2_000)
    const paid = openedPayment(await gateway.payments.open(anOrder(shop, { means: [byStars()] })))
    expect(paid).toMatchObject({ state: 'paid', legs: [{ module: 'stars', hold: { sky: 'north' } }] })
    const refund = (amount: bigint) =>
      gateway.refunds.open({
        ...{ merchantId: shop.id, paymentId: paid.id, amount, strategy: 'ratio', kind: 'refund', reason: 'r' },
        requestedBy: { kind: 'person', id: 'p', name: 'Owner' },
      })
    expect(await refund(60_000n)).toMatchObject({ refund: { state: 'refunded' } })
    expect(await refund(30_001n)).toMatchObject({ kind: 'refused' })
    expect(await refund(30_000n)).toMatchObject({ refund: { state: 'refunded' } })
    await world.expectAgreed(shop.id)
  })

  test('stands beside a card in one payment: all or nothing', async () => {
    const shop = await aShopWithStars()
    const mixed = (role: 'roomy' | 'declines') => [byStars(30_000n), cardMeans('hanbit', role, 60_000n)]
    const paid = await gateway.payments.open(anOrder(shop, { means: mixed('roomy') }))
    expect(openedPayment(paid)).toMatchObject({ state: 'paid' })
    const declined = openedPayment(await gateway.payments.open(anOrder(shop, { means: mixed('declines') })))
    expect(declined).toMatchObject({ state: 'declined' })
    expect(declined.legs.find(({ module }) => module === 'stars')).toMatchObject({ state: 'voided' })
  })

  test('is deactivated while its payments run: they finish, new ones are refused (N15)', async () => {
    const shop = await aShopWithStars()
    const held = await gateway.payments.open(anOrder(shop, { means: [byStars()], captureMode: 'manual' }))
    await gateway.merchantModules.change(shop.id, 'stars', { state: 'inactive' })
    const late = await gateway.payments.open(anOrder(shop, { means: [byStars()] }))
    expect(late).toEqual({ kind: 'refused', reason: 'module-unavailable' })
    const captured = await gateway.payments.capture(shop.id, openedPayment(held).id)
    expect(captured).toMatchObject({ payment: { state: 'paid' } })
  })

  test('has settings of its own for each merchant, which it checks itself', async () => {
    const shop = await aShopWithStars()
    const wrong = await gateway.merchantModules.change(shop.id, 'stars', { settings: { friend: 7 } })
    expect(wrong).toEqual({ kind: 'refused', reason: 'wrong-settings', words: 'friend is a name' })
    await gateway.merchantModules.change(shop.id, 'stars', { settings: { friend: 'joon' } })
    const opened = await gateway.payments.open(anOrder(shop, { means: [byStars()] }))
    expect(openedPayment(opened)).toMatchObject({ state: 'declined', reason: 'not-permitted' })
  })

  test('sees nothing of our environment', async () => {
    const shop = await aShopWithStars()
    const paid = openedPayment(await gateway.payments.open(anOrder(shop, { means: [byStars()] })))
    expect(paid.legs[0]?.hold?.['secrets']).toBe('0')
  })

  test('is left out with the reason when it cannot be loaded or takes another’s code; the gateway starts', () => {
    expect(gateway.moduleCodes).toContain('stars')
    const why = gateway.merchantModules.refusedPackages.map((each) => each.why)
    expect(why).toEqual([expect.stringContaining('is taken'), expect.stringContaining('nowhere')])
  })
})

test.each([
  ['another version of the interface', described('later', '').replace('spi: 1', 'spi: 2'), 'spi'],
  ['no verbs', described('mute', '').replace(/verbs: .*\n/, 'verbs: [],'), 'plan'],
  ['no code', described('', ''), 'code'],
  ['nothing at all', 'export const nothing = 1', 'spi'],
  ['no JavaScript', 'this is no JavaScript', 'Missing semicolon|Unexpected|identifier'],
])('a package with %s is refused at start, naming what is wrong', async (what, source, named) => {
  const folder = await aPackage(`wrong-${what.replaceAll(' ', '-')}`, source)
  const loaded = await loadPackages([{ package: folder, settings: {} }], { report: () => undefined })
  expect(loaded.modules).toEqual([])
  expect(loaded.refused[0]?.why).toMatch(new RegExp(named))
  await loaded.close()
})

describe('a module that misbehaves harms only its own payments (P9.5)', () => {
  test.each([
    ['throws while planning', `plan() { throw new Error('no') }`, { state: 'declined', reason: 'module-unavailable' }],
    ['never comes back from planning', `plan: () => new Promise(() => {})`, { reason: 'module-unavailable' }],
    ['plans nonsense', `plan: () => ({ kind: 'planned', legs: [{ means: {}, amount: 5 }] })`, { state: 'declined' }],
    ['throws', `authorize() { throw new Error('no') }`, { state: 'declined', reason: 'no-answer' }],
    ['never comes back', `authorize: () => new Promise(() => {})`, { state: 'declined', reason: 'no-answer' }],
    ['runs round in circles', `authorize() { for (;;) { } }`, { state: 'declined', reason: 'no-answer' }],
    ['ends its process', `authorize() { process.exit(1) }`, { state: 'declined', reason: 'no-answer' }],
    ['says what nobody knows', `authorize: () => ({ kind: 'maybe' })`, { state: 'declined', reason: 'no-answer' }],
    [
      'gives a hold like a book',
      `authorize: () => ({ kind: 'authorized', hold: { b: 'x'.repeat(9999) } })`,
      { state: 'declined' },
    ],
    ['answers with what cannot be sent', `authorize: () => () => {}`, { state: 'declined', reason: 'no-answer' }],
  ])('one that %s', async (what, verbs, outcome) => {
    const code = `bad-${what.replaceAll(/[^a-z]+/g, '-')}`.slice(0, 30)
    const shop = await world.aShop()
    await gateway.merchants.change(shop.id, { modules: [code, 'card'] })
    const reported: string[] = []
    const loaded = await loadPackages([{ package: await aPackage(code, described(code, verbs)), settings: {} }], {
      report: (event) => void reported.push(event),
      limitMs: 2_000,
    })
    const parts = partsOf(gateway)
    const modules = new Map([...parts.modules, ...loaded.modules.map((each) => [each.code, each] as const)])
    const payments = createPayments({ ...parts, modules, report: (event) => void reported.push(event) })
    const [theirs, ours] = await Promise.all([
      payments.open(anOrder(shop, { means: [{ module: code, input: {} }] })),
      payments.open(anOrder(shop, { means: [cardMeans('hanbit')] })),
    ])
    expect(openedPayment(ours)).toMatchObject({ state: 'paid' })
    expect(reported).toContain('module-failed')
    // Whatever it kept waiting is taken up again, when its thread has been replaced.
    const { id } = openedPayment(theirs)
    for (let round = 0; round < 10 && (await payments.find(shop.id, id))?.state === 'voiding'; round++) {
      await payments.idle()
      world.clock.forward(21_000)
      await payments.finishDue(100)
      await payments.idle()
    }
    expect(await payments.find(shop.id, id)).toMatchObject(outcome)
    await loaded.close()
  })
})

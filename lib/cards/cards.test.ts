import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoCard, unissuedNumber } from '../../simulators/issuers/demo-cards'
import { expectNowhere } from '../../test/nowhere'
import { BrokenInvariant } from '../invariant'
import { checkDigit } from './card-number'
import { createCards } from './cards'
import { createVault } from './vault'
import { newCardSchema } from './wallet-card'
import type { Wallets } from './wallet.fixtures'
import { aKey, aPerson, addDemoCard, startWallets, termsOf, typedIn } from './wallet.fixtures'

let wallets: Wallets

beforeAll(async () => {
  wallets = await startWallets()
})
afterAll(() => wallets.close())
beforeEach(() => wallets.world.reset())

/** Everything the database holds of cards, as text. */
async function allRows(): Promise<{ kept: string }[]> {
  return (await wallets.database.pool.query<{ kept: string }>('select card::text as kept from card')).rows
}

describe('a wallet', () => {
  test('takes a card with what was typed of it and shows it masked (M-268, M-323, M-324)', async () => {
    const { cards } = wallets
    const shopper = aPerson()
    const demo = demoCard('hanbit')
    const typed = newCardSchema.parse({
      ...typedIn(demo, '  월급 카드 '),
      number: demo.number.replace(/(....)/g, '$1 '),
      billing: { city: '서울', zip: '04524' },
      terms: { apr: '0.15', minPayment: '50000' },
    })
    const added = await cards.add(shopper, typed)
    expect(added).toMatchObject({
      kind: 'added',
      card: {
        issuer: 'hanbit',
        issuerName: { ko: '한빛카드', en: 'Hanbit Card' },
        brand: 'local',
        bin: '940001',
        lastFour: demo.number.slice(-4),
        nickname: '월급 카드',
        billing: { city: '서울', zip: '04524' },
        terms: { apr: '0.15', minPayment: '50000' },
        setAside: 0n,
      },
    })
    expect(await cards.list(shopper)).toEqual([added.kind === 'added' && added.card])
    expect(
      JSON.stringify(added, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain(demo.number)
  })

  test('keeps card numbers nowhere in clear (P8.1)', async () => {
    const { cards } = wallets
    const { number } = demoCard('saero')
    const { id } = await addDemoCard(cards, aPerson(), 'saero')
    const rows = await allRows()
    expect(rows.some(({ kept }) => kept.includes(id))).toBe(true)
    expectNowhere(rows, number)
  })

  test.each([
    ['a number that fails Luhn', { number: '9400010110000212' }, 'bad-number'],
    ['letters for a number', { number: 'ninety-four' }, 'bad-number'],
    ['an expiry in the past', { expiry: '2312' }, 'expired'],
    ['a month that does not exist', { expiry: '3013' }, 'expired'],
    ['a card of no issuer of ours', { number: '4111111111111111' }, 'unknown-issuer'],
    ['a V-Card number', { number: `941012345678901${checkDigit('941012345678901')}` }, 'unknown-issuer'],
  ] as const)('refuses %s', async (_what, wrong, reason) => {
    const shopper = aPerson()
    expect(await wallets.cards.add(shopper, { ...typedIn(demoCard('hanbit')), ...wrong })).toEqual({
      kind: 'refused',
      reason,
    })
    expect(await wallets.cards.list(shopper)).toEqual([])
  })

  test('takes a card once, however often it is typed in at the same moment', async () => {
    const shopper = aPerson()
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => wallets.cards.add(shopper, typedIn(demoCard('narae')))),
    )
    expect(outcomes.filter(({ kind }) => kind === 'added')).toHaveLength(1)
    expect(outcomes.filter((each) => each.kind === 'refused' && each.reason === 'already-there')).toHaveLength(5)
  })

  test('takes back a card that was removed, as it is typed in then', async () => {
    const { cards } = wallets
    const shopper = aPerson()
    const { id } = await addDemoCard(cards, shopper, 'narae')
    expect(await cards.remove(shopper, id)).toBe(true)
    expect(await cards.remove(shopper, id)).toBe(false)
    expect(await cards.list(shopper)).toEqual([])
    const again = await cards.add(shopper, { ...typedIn(demoCard('narae'), 'again'), expiry: '3009' })
    expect(again).toMatchObject({ kind: 'added', card: { id, nickname: 'again', expiry: '3009' } })
    expect((await cards.reveal(shopper, id)).expiry).toBe('3009')
  })

  test('holds fifty cards, also when two are added at once', async () => {
    const { cards } = wallets
    const shopper = aPerson()
    const typed = (serial: number) => {
      const digits = `940001${String(serial).padStart(9, '0')}`
      return { ...typedIn(demoCard('hanbit')), number: digits + checkDigit(digits) }
    }
    for (let serial = 0; serial < 49; serial++) await cards.add(shopper, typed(serial))
    const both = await Promise.all([cards.add(shopper, typed(100)), cards.add(shopper, typed(101))])
    expect(both.map((each) => (each.kind === 'refused' ? each.reason : each.kind)).sort()).toEqual([
      'added',
      'too-many',
    ])
    expect(await cards.list(shopper)).toHaveLength(50)
  })

  test('changes what its owner changes and nothing else', async () => {
    const { cards } = wallets
    const shopper = aPerson()
    const card = await addDemoCard(cards, shopper, 'daon')
    await cards.reveal(shopper, card.id)
    expect(await cards.update(shopper, card.id, { nickname: 'new', expiry: '3101' })).toEqual({
      kind: 'updated',
      card: { ...card, nickname: 'new', expiry: '3101' },
    })
    expect((await cards.reveal(shopper, card.id)).expiry).toBe('3101')
    expect(await cards.update(shopper, card.id, { expiry: '2001' })).toEqual({ kind: 'refused', reason: 'expired' })
  })

  test('of another shopper is as good as empty (P6.2)', async () => {
    const { cards } = wallets
    const { id } = await addDemoCard(cards, aPerson(), 'hanbit')
    const stranger = aPerson()
    expect(await cards.get(stranger, id)).toBeUndefined()
    expect(await cards.update(stranger, id, { nickname: 'mine' })).toEqual({ kind: 'refused', reason: 'missing' })
    expect(await cards.remove(stranger, id)).toBe(false)
    expect(await cards.refresh(stranger, [id])).toEqual([])
    await expect(cards.reveal(stranger, id)).rejects.toThrow(BrokenInvariant)
  })

  test.each([
    ['a control character in a name', { nickname: 'a\u0000b' }],
    ['a mark that turns a nickname round', { nickname: 'a\u202eb' }],
    ['a nickname as long as a letter', { nickname: 'a'.repeat(41) }],
    ['an unknown member', { cvc: '123' }],
    ['an interest rate above the whole', { terms: { apr: '2' } }],
  ])('does not even look at %s', (_what, wrong) => {
    expect(newCardSchema.safeParse({ ...typedIn(demoCard('hanbit')), ...wrong }).success).toBe(false)
  })
})

describe('a balance inquiry', () => {
  test('brings what is owed and open on every card, and keeps it with its time (M-270, M-316)', async () => {
    const { cards, world } = wallets
    const shopper = aPerson()
    await addDemoCard(cards, shopper, 'hanbit', 'everyday')
    await addDemoCard(cards, shopper, 'atlas', 'everyday')
    const refreshed = await cards.refresh(shopper)
    expect(refreshed).toMatchObject([
      { inquiry: { kind: 'answered' }, standing: { owed: 1_800_000n, available: 200_000n, currency: 'KRW' } },
      { inquiry: { kind: 'answered' }, standing: { owed: 120_000n, available: 380_000n, currency: 'USD' } },
    ])
    expect((await cards.list(shopper)).map(({ standing }) => standing)).toEqual(
      refreshed.map(({ standing }) => standing),
    )
    // The card is also used without us.
    await world.changeCard('hanbit', { number: demoCard('hanbit', 'everyday').number, owed: '1900000' })
    expect(await cards.refresh(shopper)).toMatchObject([{ standing: { available: 100_000n } }, {}])
  })

  test('that one issuer leaves unanswered costs only that issuer’s cards; their last standing stays (P3.5)', async () => {
    const { cards, world } = wallets
    const shopper = aPerson()
    await addDemoCard(cards, shopper, 'hanbit')
    await addDemoCard(cards, shopper, 'saero')
    const [before] = await cards.refresh(shopper)
    await world.switch('hanbit', { on: 'inquiry', do: { kind: 'stall' } })
    const refreshed = await cards.refresh(shopper)
    expect(refreshed).toMatchObject([{ inquiry: { kind: 'no-answer' } }, { inquiry: { kind: 'answered' } }])
    expect(refreshed[0]!.standing).toEqual(before!.standing)
  })

  test.each([
    ['lost', { kind: 'refused', reason: 'lost-or-stolen' }],
    ['unavailable', { kind: 'no-answer' }],
  ] as const)('of a card that is %s is told as what it is', async (role, inquiry) => {
    const { cards } = wallets
    const shopper = aPerson()
    await addDemoCard(cards, shopper, 'hanbit', role)
    expect(await cards.refresh(shopper)).toMatchObject([{ inquiry }])
  })

  test('of a card that was never issued is refused', async () => {
    const { cards } = wallets
    const shopper = aPerson()
    await cards.add(shopper, { ...typedIn(demoCard('hanbit')), number: unissuedNumber('hanbit') })
    expect(await cards.refresh(shopper)).toMatchObject([{ inquiry: { kind: 'refused', reason: 'no-such-card' } }])
  })

  test('is not made in a currency that nobody has named', async () => {
    const { parts, world, clock } = wallets
    const cards = createCards({ ...parts, issuerTerms: termsOf(world, clock) })
    const shopper = aPerson()
    const { id } = await addDemoCard(cards, shopper, 'atlas')
    await world.switch('atlas', { on: 'terms', do: { kind: 'garbage' }, times: 1 })
    expect(await cards.refresh(shopper)).toMatchObject([{ inquiry: { kind: 'no-answer' } }])
    await cards.update(shopper, id, { terms: { currency: 'USD' } })
    expect(await cards.refresh(shopper)).toMatchObject([
      { inquiry: { kind: 'answered' }, standing: { currency: 'USD' } },
    ])
  })
})

describe('the vault', () => {
  test('opens a card for a call to its issuer, also after its owner removed it (payments under way go on)', async () => {
    const { cards } = wallets
    const shopper = aPerson()
    const { number, expiry } = demoCard('hanbit')
    const { id } = await addDemoCard(cards, shopper, 'hanbit')
    await cards.remove(shopper, id)
    expect(await cards.reveal(shopper, id)).toEqual({ number, expiry })
  })

  test('seals a card typed at a checkout for the merchant who may charge it', async () => {
    const { cards, database } = wallets
    const merchant = aPerson()
    const { number, expiry } = demoCard('saero')
    const sealed = cards.seal(merchant, { number, expiry })
    expect(JSON.stringify(sealed)).not.toContain(number)
    await database.pool.query(
      `insert into card (owner_id, id, sealed_number, key_id, fingerprint, bin, last_four, expiry, issuer, created_at)
       select $1, c.id, decode(c."sealedNumber", 'hex'), c."keyId", decode(c.fingerprint, 'hex'), c.bin, c."lastFour",
         c.expiry, c.issuer, now()
       from jsonb_to_record($2) as c(id uuid, "sealedNumber" text, "keyId" text, fingerprint text, bin text,
         "lastFour" text, expiry text, issuer text)`,
      [merchant, JSON.stringify(sealed)],
    )
    expect(await cards.reveal(merchant, sealed.id)).toEqual({ number, expiry })
    await expect(cards.reveal(aPerson(), sealed.id)).rejects.toThrow(BrokenInvariant)
  })

  test('changes its key while cards are in use, and then does without the older one (P8.1)', async () => {
    const { parts, keys, cards } = wallets
    const shopper = aPerson()
    const { id } = await addDemoCard(cards, shopper, 'hanbit')
    const newer = aKey('newer')
    const both = createCards({
      ...parts,
      vault: createVault({ sealing: [newer, ...keys.sealing], fingerprint: keys.fingerprint }),
    })
    const seenLeft: number[] = []
    for (;;) {
      const [{ resealed, left }, revealed] = await Promise.all([both.rotateKeys(7), both.reveal(shopper, id)])
      expect(resealed).toBeLessThanOrEqual(7)
      expect(revealed.number).toBe(demoCard('hanbit').number)
      seenLeft.push(left)
      if (left === 0) break
    }
    expect(seenLeft).toEqual([...seenLeft].sort((a, b) => b - a))
    const alone = createCards({
      ...parts,
      vault: createVault({ sealing: [newer], fingerprint: keys.fingerprint }),
    })
    expect((await alone.reveal(shopper, id)).number).toBe(demoCard('hanbit').number)
    expect(await alone.add(shopper, typedIn(demoCard('hanbit')))).toEqual({ kind: 'refused', reason: 'already-there' })
    expect(await alone.rotateKeys(7)).toEqual({ resealed: 0, left: 0 })
    const lostKey = createCards({
      ...parts,
      vault: createVault({ sealing: [aKey('other')], fingerprint: randomBytes(32) }),
    })
    await expect(lostKey.reveal(shopper, id)).rejects.toThrow(BrokenInvariant)
  })
})

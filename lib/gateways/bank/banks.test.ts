import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoAccount } from '../../../simulators/bank/demo-accounts'
import type { BankSwitch } from '../../../simulators/bank/deeds'
import { type OutsideWorld, startOutsideWorld } from '../../../simulators/client'
import { krw } from '../../money/money'
import type { LinkMessage } from '../link-observer'
import type { AccountToVerify, Banks, ReversalToMake, TransferToMake } from './bank'
import { type BankLinkSettings, connectBanks } from './http-banks'
import { readBooking, readVerification } from './translate'

const signingKey = () => ({
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  kid: 'gw-1',
  kty: 'OKP',
})
const NO_ANSWER = { kind: 'no-answer' } as const

let world: OutsideWorld
let banks: Banks
/** The same banks, for what is spoilt: silence is noticed quickly. */
let hasty: Banks
let told: LinkMessage[]
const key = signingKey()

const settingsOf = (changes: Partial<BankLinkSettings> = {}): BankLinkSettings[] =>
  world.banks.map((bank) => ({ ...bank, timeLimitMs: 10_000, ...changes }))
const connect = (changes: Partial<BankLinkSettings> = {}, own: ReturnType<typeof signingKey> = key) =>
  connectBanks(settingsOf(changes), {
    ...{ gatewayId: 'MOA00001', signingKey: own },
    observe: (message) => void told.push(message),
  })

beforeAll(async () => {
  world = await startOutsideWorld()
  const { d: _, ...published } = key as typeof key & { d?: string }
  await world.tellBanks({ keys: [published] })
})
afterAll(() => world.stop())
beforeEach(async () => {
  await world.reset()
  told = []
  banks = connect()
  hasty = connect({ timeLimitMs: 1_500 })
})

let drawn = 0
const draw = () => `20261121${String(++drawn).padStart(12, '0')}`

function anAccount(changes: Partial<AccountToVerify> = {}): AccountToVerify {
  const { bank, number: account, holder: name, password } = demoAccount('roomy')
  return { bank, account, name, password, amount: krw(30_000), paymentId: 'pay', ...changes }
}

async function aTransfer(changes: Partial<TransferToMake> = {}): Promise<TransferToMake> {
  const verified = await banks.verify(anAccount())
  if (verified.kind !== 'verified') throw new Error(`not verified: ${verified.kind}`)
  const { accountRef } = verified
  const made = { bank: 'gaon', transferId: draw(), accountRef, amount: krw(30_000), reference: '모아 상점 책' }
  return { ...made, paymentId: 'pay', repeat: false, ...changes }
}

const reversalOf = ({ bank, transferId }: TransferToMake): ReversalToMake => ({
  ...{ bank, transferId, reversalId: draw(), amount: krw(10_000), paymentId: 'pay', repeat: false },
})
const spoil = (on: BankSwitch['on'], what: BankSwitch['do']) => world.bankSwitch('gaon', { on, do: what, times: 1 })

const SPOILT: readonly (readonly [BankSwitch['do'], string])[] = [
  [{ kind: 'lose-answer' }, 'a lost answer'],
  [{ kind: 'stall' }, 'silence'],
  [{ kind: 'drop-before' }, 'a line that is cut before the work'],
  [{ kind: 'drop-after' }, 'a line that is cut after it'],
  [{ kind: 'late', ms: 2_500 }, 'an answer that is too late'],
  [{ kind: 'garbage' }, 'a page of a proxy'],
  [{ kind: 'unsigned' }, 'an answer without a signature'],
  [{ kind: 'wrong-signature' }, 'a signature by another key'],
  [{ kind: 'wrong-request' }, 'an answer to another request'],
  [{ kind: 'wrong-amount' }, 'another amount'],
  [{ kind: 'wrong-id' }, 'another transfer'],
  [{ kind: 'unknown-state' }, 'a state that the profile does not know'],
  [{ kind: 'error' }, 'an error of the bank'],
]

describe('what is no verified answer is no answer, and the repeat finds out (P3.3, P3.6)', () => {
  test.each(SPOILT)('transfer: $kind: %s', async (what) => {
    const transfer = await aTransfer()
    await spoil('transfer', what)
    expect(await hasty.transfer(transfer)).toEqual(NO_ANSWER)
    expect(await banks.transfer({ ...transfer, repeat: true })).toMatchObject({ kind: 'booked' })
    expect((await world.bankBook('gaon')).transfers).toHaveLength(1)
  })

  test.each(SPOILT)('reversal: $kind: %s', async (what) => {
    const transfer = await aTransfer()
    await banks.transfer(transfer)
    const reversal = reversalOf(transfer)
    await spoil('reverse', what)
    expect(await hasty.reverse(reversal)).toEqual(NO_ANSWER)
    expect(await banks.reverse({ ...reversal, repeat: true })).toMatchObject({ kind: 'booked' })
    expect((await world.bankBook('gaon')).transfers[0]?.reversals).toHaveLength(1)
  })

  test.each(SPOILT.filter(([{ kind }]) => kind !== 'wrong-amount'))('account check: $kind: %s', async (what) => {
    await spoil('verify', what)
    expect(await hasty.verify(anAccount())).toEqual(NO_ANSWER)
  })

  test.each(SPOILT.filter(([{ kind }]) => kind !== 'lose-answer'))('asking again: $kind: %s', async (what) => {
    const transfer = await aTransfer()
    await banks.transfer(transfer)
    await spoil('status', what)
    expect(await hasty.transfer({ ...transfer, repeat: true })).toEqual(NO_ANSWER)
    expect(await banks.transfer({ ...transfer, repeat: true })).toMatchObject({ kind: 'booked' })
    expect((await world.bankBook('gaon')).transfers).toHaveLength(1)
  })
})

test('a refusal stays one however often it is asked for again', async () => {
  const transfer = await aTransfer()
  await spoil('transfer', { kind: 'refuse', code: 'INSUFFICIENT' })
  expect(await banks.transfer(transfer)).toEqual({ kind: 'refused', reason: 'insufficient' })
  expect(await banks.transfer({ ...transfer, repeat: true })).toEqual({ kind: 'refused', reason: 'insufficient' })
})

test('five wrong passwords lock the account, and nothing tells a number that nobody has from a wrong password (P6.7)', async () => {
  const wrong = anAccount({ password: '0000' })
  const unknown = await banks.verify(anAccount({ account: '90020000009999' }))
  for (let tries = 1; tries < 5; tries++) expect(await banks.verify(wrong)).toEqual(unknown)
  expect(await banks.verify(wrong)).toEqual({ kind: 'refused', reason: 'locked' })
  expect(await banks.verify(anAccount())).toEqual({ kind: 'refused', reason: 'locked' })
})

describe('keys', () => {
  test('a bank hears only the gateway whose keys it knows', async () => {
    const stranger = connect({}, signingKey())
    expect(await stranger.verify(anAccount())).toEqual(NO_ANSWER)
    const { banks: states } = await world.state()
    expect(states[0]?.complaints[0]).toMatchObject({ fault: 'the signature does not verify' })
  })

  test('pinned keys are used without looking any up', async () => {
    const jwks = (await (await fetch(world.banks[0]!.keysUrl)).json()) as { keys: unknown[] }
    const pinned = connect({ keys: jwks, keysUrl: undefined })
    expect(await pinned.verify(anAccount())).toMatchObject({ kind: 'verified' })
    const others = connect({ keys: { keys: [] }, keysUrl: undefined })
    expect(await others.verify(anAccount())).toEqual(NO_ANSWER)
  })

  test('a bank whose keys cannot be looked up is not asked', async () => {
    await spoil('keys', { kind: 'error' })
    expect(await banks.verify(anAccount())).toEqual(NO_ANSWER)
    expect((await world.bankBook('gaon')).inquiries).toEqual([])
  })

  test('a key that is no private signature key is refused at start', () => {
    expect(() => connect({}, { kid: 'x', kty: 'oct' } as never)).toThrow()
  })
})

test('a bank of no settings, and a currency that a bank does not take, are nobody’s', async () => {
  expect(await banks.verify(anAccount({ bank: 'elsewhere' }))).toEqual(NO_ANSWER)
  expect(banks.takes('gaon', 'USD')).toBe(true)
  expect(banks.takes('marubank', 'USD')).toBe(false)
  expect(banks.takes('elsewhere', 'KRW')).toBe(false)
})

test('P9.3: the transaction log is told of both directions, without password, holder or a whole account number', async () => {
  const transfer = await aTransfer()
  await banks.transfer(transfer)
  expect(told).toMatchObject([
    { link: 'bank', system: 'gaon', direction: 'out', operation: 'verify', paymentId: 'pay' },
    { direction: 'in', operation: 'verify', result: 'verified' },
    { direction: 'out', operation: 'transfer', correlation: transfer.transferId },
    { direction: 'in', operation: 'transfer', result: 'booked' },
  ])
  const bodies = told.map(({ body }) => body?.()).join('\n')
  expect(bodies).toContain('30000')
  const { number, password, holder } = demoAccount('roomy')
  for (const secret of [number, `"${password}"`, holder, transfer.accountRef]) expect(bodies).not.toContain(secret)
})

describe('an answer', () => {
  const asked = { transferId: 'T1', amount: krw(5_000) }
  const booked = {
    ...{ transferId: 'T1', amount: '5000', currency: 'KRW', state: 'booked' },
    ...{ bookedAt: '2026-11-21T10:00:00Z', bankRef: 'B1' },
  }
  const refused = { transferId: 'T1', amount: '5000', currency: 'KRW', state: 'refused' }
  test.each<[string, unknown, object]>([
    ['booked', booked, { kind: 'booked', bankRef: 'B1' }],
    ['booked without a reference', { ...booked, bankRef: undefined }, NO_ANSWER],
    ['booked without a time', { ...booked, bookedAt: 'today' }, NO_ANSWER],
    ['booked in another currency', { ...booked, currency: 'USD' }, NO_ANSWER],
    ['booked for an amount that is none', { ...booked, amount: 5000 }, NO_ANSWER],
    ['booked for more', { ...booked, amount: '50000' }, NO_ANSWER],
    ['booked without saying which', { ...booked, transferId: undefined }, NO_ANSWER],
    ['a reversal where a transfer was asked for', { ...booked, reversalId: 'R1' }, NO_ANSWER],
    ['pending', { ...booked, state: 'pending' }, NO_ANSWER],
    [
      'refused for a reason of the profile',
      { ...refused, reason: 'SUSPENDED' },
      { kind: 'refused', reason: 'suspended' },
    ],
    ['refused for another reason', { ...refused, reason: 'toString' }, { kind: 'refused', reason: 'refused' }],
    ['refused without a reason', refused, NO_ANSWER],
    ['nothing', null, NO_ANSWER],
  ])('about a transfer: %s', (_, body, expected) => {
    expect(readBooking(body, asked)).toEqual(expected)
  })

  test.each<[string, unknown, object]>([
    ['ok', { ok: true, accountRef: 'A1' }, { kind: 'verified', accountRef: 'A1' }],
    ['ok without the account', { ok: true }, NO_ANSWER],
    ['ok and refused at once', { ok: true, accountRef: 'A1', refused: 'LOCKED' }, NO_ANSWER],
    ['refused', { refused: 'LOCKED' }, { kind: 'refused', reason: 'locked' }],
    ['refused for a reason that the profile does not know', { refused: 'constructor' }, NO_ANSWER],
    ['text', 'ok', NO_ANSWER],
  ])('about an account: %s', (_, body, expected) => {
    expect(readVerification(body)).toEqual(expected)
  })
})

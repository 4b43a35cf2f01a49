import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { CompactEncrypt, FlattenedSign, importJWK, type JWK } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type OutsideWorld, startOutsideWorld } from '../client'
import { demoAccount } from './demo-accounts'

let world: OutsideWorld
let base: string
const own = generateKeyPairSync('ed25519')
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })

beforeAll(async () => {
  world = await startOutsideWorld()
  base = world.banks[0]!.url
  const keys = [own, p256].map(({ publicKey }, index) => ({
    ...publicKey.export({ format: 'jwk' }),
    kid: `gw-${index}`,
  }))
  await world.tellBanks({ keys })
})
afterAll(() => world.stop())
beforeEach(() => world.reset())

interface Signed {
  readonly key?: KeyObject
  readonly claims?: Readonly<Record<string, unknown>>
  readonly over?: Buffer
}

/** One request as the profile has it, but for what is changed. */
async function ask(path: string, content?: object, { key = own.privateKey, claims = {}, over }: Signed = {}) {
  const body = Buffer.from(content ? JSON.stringify(content) : '')
  const header = {
    ...{ alg: 'EdDSA', kid: 'gw-0', iss: 'MOA00001', aud: 'gaon', iat: Math.floor(Date.now() / 1000) },
    ...{ jti: randomUUID(), htm: content ? 'POST' : 'GET', htu: path, ...claims },
  }
  const signed = await new FlattenedSign(over ?? body).setProtectedHeader(header).sign(key)
  return fetch(base + path, {
    method: content ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', 'x-jws-signature': `${signed.protected}..${signed.signature}` },
    ...(content && { body }),
  })
}

const aTransfer = (changes: object = {}) => ({
  ...{ transferId: randomUUID(), from: 'A0', to: '90010000000001', amount: '100', currency: 'KRW', reference: 'x' },
  ...changes,
})
const complaints = async () => (await world.state()).banks[0]!.complaints.map(({ fault }) => fault)

describe('a bank does nothing for a request that is not properly signed', () => {
  const stranger = generateKeyPairSync('ed25519').privateKey
  test.each<[string, Signed, string]>([
    ['a stranger’s key', { key: stranger }, 'the signature does not verify'],
    ['an unknown key', { claims: { kid: 'gw-9' } }, 'signed with a key that is not known'],
    ['another algorithm than the key’s', { claims: { kid: 'gw-1' } }, 'signed with another algorithm than the key’s'],
    ['another body', { over: Buffer.from('{}') }, 'the signature does not verify'],
    ['another bank', { claims: { aud: 'marubank' } }, 'signed for another request'],
    ['another path', { claims: { htu: '/accounts/verify' } }, 'signed for another request'],
    ['another method', { claims: { htm: 'GET' } }, 'signed for another request'],
    ['an old signature', { claims: { iat: 1 } }, 'signed at another time'],
    ['a key in the header', { claims: { jwk: {} } }, 'no detached signature of the profile'],
  ])('%s', async (_, signed, fault) => {
    const answer = await ask('/transfers', aTransfer(), signed)
    expect(answer.status).toBe(401)
    expect(await complaints()).toContain(fault)
    expect((await world.bankBook('gaon')).transfers).toEqual([])
  })

  test('a request that was heard before', async () => {
    const claims = { jti: randomUUID() }
    expect((await ask('/transfers', aTransfer(), { claims })).status).toBe(200)
    expect((await ask('/transfers', aTransfer(), { claims })).status).toBe(401)
    expect((await world.bankBook('gaon')).transfers).toHaveLength(1)
  })
})

describe('transfers', () => {
  const refOf = async () => {
    const { number: account, holder: name, password } = demoAccount('everyday')
    const { keys } = (await (await fetch(`${base}/jwks.json`)).json()) as { keys: JWK[] }
    const enc = keys.find(({ use }) => use === 'enc')!
    const jti = randomUUID()
    const passwordJwe = await new CompactEncrypt(Buffer.from(password))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: enc.kid ?? '', jti })
      .encrypt(await importJWK(enc, 'ECDH-ES+A256KW'))
    const content = { account, name, passwordJwe }
    const stolen = await ask('/accounts/verify', content)
    expect(stolen.status, 'a password that was encrypted for another request').toBe(400)
    const answer = await ask('/accounts/verify', content, { claims: { jti } })
    return ((await answer.json()) as { accountRef: string }).accountRef
  }

  test('are booked once under their id, refused with other content, and given back no further than they went', async () => {
    const transfer = aTransfer({ from: await refOf() })
    const first: unknown = await (await ask('/transfers', transfer)).json()
    expect(first).toMatchObject({ state: 'booked', amount: '100' })
    expect(await (await ask('/transfers', transfer)).json()).toEqual(first)
    expect((await ask('/transfers', { ...transfer, amount: '101' })).status).toBe(409)

    const reverse = `/transfers/${transfer.transferId}/reverse`
    for (const [amount, state] of [
      ['60', 'booked'],
      ['41', 'refused'],
      ['40', 'booked'],
      ['1', 'refused'],
    ]) {
      expect(await (await ask(reverse, { reversalId: randomUUID(), amount })).json()).toMatchObject({ amount, state })
    }
    const status = (await (await ask(`/transfers/${transfer.transferId}`)).json()) as { reversals: unknown[] }
    expect(status).toMatchObject({ state: 'booked' })
    expect(status.reversals).toHaveLength(4)
    const { accounts, collected } = await world.bankBook('gaon')
    expect(collected).toEqual({ KRW: '0' })
    expect(accounts.find(({ role }) => role === 'everyday')?.balance).toBe(String(demoAccount('everyday').balance))
    expect((await ask(`/transfers/${randomUUID()}`)).status).toBe(404)
  })
})

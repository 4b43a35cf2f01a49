import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publicId } from '../ids'
import { newWebhookSeed, signWebhook, webhookPublicKey } from '../messages/webhook-signature'
import { createEvidenceBook } from './evidence'
import type { EvidenceFile } from './evidence-file'
import {
  aPaymentOf,
  aSigningShop,
  GATEWAY,
  keyPair,
  type MerchantsRoom,
  signAs,
  startMerchants,
} from './merchants.fixtures'
import { createSigning } from './signing'

const PROGRAM = path.resolve('examples/evidence/verify-evidence.mjs')
const hasOpenssl = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout?.startsWith('OpenSSL 3') ?? false

let room: MerchantsRoom
let folder: string
beforeAll(async () => {
  room = await startMerchants()
  folder = await mkdtemp(path.join(tmpdir(), 'moa-evidence-'))
})
afterAll(async () => {
  await room.close()
  await rm(folder, { recursive: true })
})

/** A confirmation asked by us (Ed25519), answered by the shop (its own kind of key), and the webhook that told the outcome. */
async function aFile(type: 'Ed25519' | 'P-256'): Promise<EvidenceFile> {
  const { merchant, key } = await aSigningShop(room, { type })
  const payment = aPaymentOf(merchant.id)
  const tid = publicId('pay', payment.id)
  const about = { merchantId: merchant.id, paymentId: payment.id }
  const { jws, kid } = await room.signing.sign({ typ: 'payment.confirm', tid })
  await room.evidence.keep({ ...about, direction: 'sent', type: 'payment.confirm', message: jws, kid, outcome: 'sent' })
  await room.evidence.keep({
    ...{ ...about, direction: 'received', type: 'payment.confirmed', kid: key.kid, outcome: 'confirmed' },
    message: signAs(key, { typ: 'payment.confirmed', tid }),
  })
  await room.evidence.keep({
    ...about,
    direction: 'received',
    type: 'payment.confirmed',
    message: '',
    outcome: 'no-answer',
  })
  const seed = newWebhookSeed()
  const body = JSON.stringify({ type: 'payment.paid', data: { id: tid } })
  const headers = signWebhook({ id: 'msg_1', body, at: room.clock.now() }, [newWebhookSeed(), seed])
  await room.evidence.keep({
    ...{ ...about, direction: 'sent', type: 'payment.paid', kid: webhookPublicKey(seed) },
    ...{ message: JSON.stringify({ headers, body }), outcome: 'acknowledged: status 200' },
  })
  return room.evidence.export(merchant.id, payment.id)
}

async function verify(file: object): Promise<{ code: number; output: string }> {
  const name = path.join(folder, 'evidence.json')
  await writeFile(name, JSON.stringify(file))
  const child = spawn(process.execPath, [PROGRAM, name], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = (await once(child, 'close')) as [number]
  return { code, output }
}

/** The message with one letter of one of its parts exchanged for another. */
function withOneByteChanged(file: EvidenceFile, index: number, place: (message: string) => number): EvidenceFile {
  const messages = file.messages.map((kept, number) => {
    if (number !== index) return kept
    const at = place(kept.message)
    const other = kept.message[at] === 'A' ? 'B' : 'A'
    return { ...kept, message: kept.message.slice(0, at) + other + kept.message.slice(at + 1) }
  })
  return { ...file, messages }
}

describe.runIf(hasOpenssl)('an exported evidence file, in the eyes of the openssl command alone (M-222)', () => {
  test.each(['Ed25519', 'P-256'] as const)('is verified whole when the shop signs with %s', async (type) => {
    const { code, output } = await verify(await aFile(type))
    expect(output.split('\n').filter((line) => line.startsWith('ok'))).toHaveLength(6)
    expect(output).toContain('certified by')
    expect(output).not.toContain('WRONG')
    expect(code).toBe(0)
  })

  test.each<[string, number, (message: string) => number]>([
    ['what we said', 0, (message) => message.indexOf('.') + 9],
    ['our signature', 0, (message) => message.lastIndexOf('.') + 9],
    ['what the shop said', 1, (message) => message.indexOf('.') + 9],
    ['the shop’s signature', 1, (message) => message.lastIndexOf('.') + 9],
    ['the last letter of a signature', 1, (message) => message.length - 1],
    ['the body of a webhook', 3, (message) => message.indexOf('payment.paid')],
  ])('fails when one byte of %s was changed', async (_what, index, place) => {
    for (const type of ['Ed25519', 'P-256'] as const) {
      const { code, output } = await verify(withOneByteChanged(await aFile(type), index, place))
      expect(output).toContain('WRONG')
      expect(code).toBe(1)
    }
  })

  test('fails when a message was put into it from another payment, or under another’s key', async () => {
    const [file, other] = [await aFile('P-256'), await aFile('P-256')]
    const exchanged = { ...file, messages: [other.messages[0]!, ...file.messages.slice(1)] }
    expect((await verify(exchanged)).output).toContain('WRONG')
    expect((await verify({ ...file, keys: other.keys })).code).toBe(1)
  })
})

test('an evidence file carries its keys as JWK and PEM with their certificates, says how to check it, and holds no secret', async () => {
  const file = await aFile('P-256')
  expect(file).toMatchObject({ format: 'moa-evidence-2', keys: [{ of: 'gateway' }, { of: 'shop' }, { of: 'gateway' }] })
  expect(file.keys[0]!.certificates.length).toBeGreaterThan(1)
  for (const { pem } of file.keys) expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/)
  expect(file.howToVerify.join('\n')).toContain('openssl pkeyutl -verify')
  expect(JSON.stringify(file)).not.toMatch(/"d":|PRIVATE/)
})

test('evidence is checked again with the key that was kept beside it, long after that key has left the registry', async () => {
  const { merchant } = await aSigningShop(room)
  const payment = aPaymentOf(merchant.id)
  const { jws, kid } = await room.signing.sign({ typ: 'payment.confirm', tid: publicId('pay', payment.id) })
  const about = { merchantId: merchant.id, paymentId: payment.id, direction: 'sent', type: 'payment.confirm' } as const
  await room.evidence.keep({ ...about, message: jws, kid, outcome: 'sent' })
  const rotated = createSigning({ SIGNING_KEYS: [keyPair('moa-2030').secret], WEB_URL: GATEWAY }, { chainOf: () => [] })
  const later = createEvidenceBook({ ...room, signing: rotated })
  expect(await later.list(merchant.id, payment.id)).toMatchObject([{ kid: 'moa-2026', verification: 'valid' }])
})

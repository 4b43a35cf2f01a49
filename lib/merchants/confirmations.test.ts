import { createHash } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { publicId } from '../ids'
import { createOutgoing, LARGEST_ANSWER } from '../messages/outgoing'
import { noTracing } from '../operations/tracing'
import { type Confirmation, createConfirmations } from './confirmations'
import { createShopLine } from './shop-line'
import {
  aPaymentOf,
  aSigningShop,
  GATEWAY,
  keyPair,
  type KeyPair,
  type MerchantsRoom,
  type ShopServer,
  signAs,
  startMerchants,
  startShopServer,
  type StoredPayment,
} from './merchants.fixtures'

let room: MerchantsRoom
let server: ShopServer | undefined
beforeAll(async () => (room = await startMerchants()))
afterEach(async () => {
  await server?.close()
  server = undefined
})
afterAll(() => room.close())

interface Shop {
  readonly key: KeyPair
  readonly name: string
  readonly payment: StoredPayment
}
type Claims = Record<string, unknown>
type Answer = Awaited<ReturnType<Parameters<typeof startShopServer>[0]>>

/** Asks a shop that answers as given; without an answer it never does. */
async function ask(answer: (asked: Claims, shop: Shop) => Answer, allowed = true) {
  const { merchant, key, name } = await aSigningShop(room)
  const shop = { key, name, payment: aPaymentOf(merchant.id) }
  server = await startShopServer((body) => answer(decodeJwt((JSON.parse(body) as { message: string }).message), shop))
  await room.merchants.change(merchant.id, { confirmation: 'required', confirmationUrl: server.url })
  const outgoing = createOutgoing({ allow: allowed ? [server.address] : [] })
  const confirmation = await createConfirmations({
    ...room,
    shopLine: createShopLine({ ...room, tracing: noTracing, outgoing }),
  }).confirm(shop.payment)
  const evidence = await room.evidence.list(merchant.id, shop.payment.id)
  return { confirmation, evidence, shop, merchant, requests: server.requests }
}

const confirming = (asked: Claims, changes: Claims = {}): Claims => ({
  typ: 'payment.confirmed',
  tid: asked['tid'],
  amount: asked['amount'],
  currency: asked['currency'],
  re: asked['jti'],
  ...changes,
})
const sent = (message: string): Answer => ({ body: JSON.stringify({ message }) })

test('M-197, M-200: a shop that agrees to TID and amount, signed, lets the payment be made', async () => {
  const { confirmation, requests, shop } = await ask((asked, { key }) => sent(signAs(key, confirming(asked))))
  expect(confirmation).toEqual({ kind: 'confirmed' })
  expect(requests).toHaveLength(1)

  const { message } = JSON.parse(requests[0]!.body) as { message: string }
  const ours = room.signing.jwks.keys[0]!
  expect(decodeProtectedHeader(message)).toEqual({ alg: 'EdDSA', kid: ours.kid })
  const { payload } = await jwtVerify(message, await importJWK(ours, 'EdDSA'), { currentDate: room.clock.now() })
  expect(payload).toEqual({
    iss: GATEWAY,
    aud: shop.name,
    typ: 'payment.confirm',
    tid: publicId('pay', shop.payment.id),
    amount: '220000',
    currency: 'KRW',
    iat: room.clock.now().getTime() / 1000,
    exp: room.clock.now().getTime() / 1000 + 300,
    jti: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/) as string,
  })
})

test('a shop may say more than it must: issuer, audience, time', async () => {
  const { confirmation } = await ask((asked, { key, name }) => {
    return sent(
      signAs(
        key,
        confirming(asked, { iss: name, aud: GATEWAY, iat: asked['iat'], exp: asked['exp'], jti: 'its-own-1' }),
      ),
    )
  })
  expect(confirmation).toEqual({ kind: 'confirmed' })
})

test('M-207: a shop whose record differs says so, signed, and is heard', async () => {
  const { confirmation } = await ask((asked, { key }) =>
    sent(signAs(key, confirming(asked, { typ: 'payment.mismatch' }))),
  )
  expect(confirmation).toEqual({ kind: 'mismatch' })
})

const other = publicId('pay', '0192f0c1-2345-7abc-8def-0123456789ab')

test.each<[string, (asked: Claims, shop: Shop) => Answer]>([
  ['says nothing', () => ({ body: '' })],
  ['says no JSON', () => ({ body: 'confirmed' })],
  ['says yes without a signature', () => ({ body: '{"message":"confirmed"}' })],
  [
    'says more than the message',
    (asked, { key }) => ({ body: JSON.stringify({ message: signAs(key, confirming(asked)), ok: 1 }) }),
  ],
  ['answers 500', (asked, { key }) => ({ ...sent(signAs(key, confirming(asked))), status: 500 })],
  ['answers 201', (asked, { key }) => ({ ...sent(signAs(key, confirming(asked))), status: 201 })],
  ['sends us elsewhere', () => ({ status: 302, headers: { location: 'https://pay.moa.example/yes' } })],
  [
    'answers without end',
    (asked, { key }) => ({
      body: `${JSON.stringify({ message: signAs(key, confirming(asked)) })}${' '.repeat(100_000)}`,
    }),
  ],
  ['signs with a key of its own making', (asked) => sent(signAs(keyPair('shop-1'), confirming(asked)))],
  ['sends our own message back', (asked) => sent(signAs(keyPair('moa-2026'), asked))],
  ['means another payment', (asked, { key }) => sent(signAs(key, confirming(asked, { tid: other })))],
  ['means another amount', (asked, { key }) => sent(signAs(key, confirming(asked, { amount: '219999' })))],
  ['writes the amount as a number', (asked, { key }) => sent(signAs(key, confirming(asked, { amount: 220000 })))],
  ['means another currency', (asked, { key }) => sent(signAs(key, confirming(asked, { currency: 'USD' })))],
  [
    'answers another question',
    (asked, { key }) => sent(signAs(key, confirming(asked, { re: 'AAAAAAAAAAAAAAAAAAAAAA' }))),
  ],
  ['answers no question', (asked, { key }) => sent(signAs(key, confirming(asked, { re: undefined })))],
  [
    'names another shop',
    (asked, { key }) =>
      sent(signAs(key, confirming(asked, { iss: publicId('mer', '0192f0c1-2345-7abc-8def-0123456789ab') }))),
  ],
  [
    'answers another gateway',
    (asked, { key }) => sent(signAs(key, confirming(asked, { aud: 'https://other.example' }))),
  ],
  [
    'answered an hour ago',
    (asked, { key }) => sent(signAs(key, confirming(asked, { iat: Number(asked['iat']) - 3600 }))),
  ],
  ['says something else', (asked, { key }) => sent(signAs(key, confirming(asked, { typ: 'payment.maybe' })))],
])('P5.4, M-209: a shop that %s has not confirmed', async (_, answer) => {
  const { confirmation, evidence } = await ask(answer)
  expect(confirmation).toEqual({ kind: 'refused' })
  expect(evidence.map(({ direction }) => direction)).toEqual(['sent', 'received'])
  expect(evidence[1]!.outcome).toMatch(/^refused: /)
})

test.each<[string, Answer]>([
  ['a page', { body: '<p>the keys of another house</p>' }],
  ['an error', { status: 500, body: 'the keys of another house' }],
  ['a message without a signature', { body: '{"message":"the keys of another house"}' }],
  ['more than is read', { body: 'the keys of another house '.repeat(2_000) }],
])(
  'P5.6: of %s that a confirmation address answers, the shop reads its status, length and hash only',
  async (_, given) => {
    const { merchant, shop, evidence } = await ask(() => given)
    const body = Buffer.from(given!.body!)
    const read = body.subarray(0, LARGEST_ANSWER)
    const hash = createHash('sha256').update(read).digest('hex')
    expect(evidence[1]).toMatchObject({ direction: 'received', message: '' })
    expect(evidence[1]!.outcome).toContain(`status ${given!.status ?? 200}, no message, `)
    expect(evidence[1]!.outcome).toContain(`${read.length} bytes, SHA-256 ${hash}`)
    const file = await room.evidence.export(merchant.id, shop.payment.id)
    expect(JSON.stringify(file)).not.toContain('another house')
  },
)

test('P5.6: a signed message is kept whole, though it came with the wrong status', async () => {
  const { evidence } = await ask((asked, { key }) => ({ ...sent(signAs(key, confirming(asked))), status: 500 }))
  expect(evidence[1]).toMatchObject({ outcome: 'refused: status 500' })
  expect(decodeJwt(evidence[1]!.message)).toMatchObject({ typ: 'payment.confirmed' })
})

test('P5.4: a shop that cannot be reached has not answered, and no address of our own network is ever called', async () => {
  const unreachable = await ask(() => undefined, false)
  expect(unreachable.confirmation).toEqual({ kind: 'no-answer' })
  expect(unreachable.requests).toEqual([])

  const { merchant } = await aSigningShop(room)
  const none = await createConfirmations({
    ...room,
    shopLine: createShopLine({ ...room, tracing: noTracing, outgoing: createOutgoing() }),
  }).confirm(aPaymentOf(merchant.id))
  expect(none).toEqual({ kind: 'no-answer' })
})

test('P5.4: a shop that hangs up has not answered', async () => {
  const { merchant } = await aSigningShop(room)
  server = await startShopServer((_, request) => void request.socket.destroy())
  await room.merchants.change(merchant.id, { confirmationUrl: server.url })
  const outgoing = createOutgoing({ allow: [server.address] })
  const payment = aPaymentOf(merchant.id)
  expect(
    await createConfirmations({ ...room, shopLine: createShopLine({ ...room, tracing: noTracing, outgoing }) }).confirm(
      payment,
    ),
  ).toEqual<Confirmation>({
    kind: 'no-answer',
  })
  expect(await room.evidence.list(merchant.id, payment.id)).toMatchObject([
    { direction: 'sent' },
    { outcome: 'no-answer' },
  ])
})

test('P5.4: a shop that is silent for five seconds has not answered', async () => {
  const { confirmation, requests } = await ask(() => undefined)
  expect(confirmation).toEqual({ kind: 'no-answer' })
  expect(requests).toHaveLength(1)
})

test('M-222: both messages are kept as they were, verify again, and go into a file with the keys to check them', async () => {
  const { evidence, shop, merchant, requests } = await ask((asked, { key }) => sent(signAs(key, confirming(asked))))
  expect(evidence).toMatchObject([
    { direction: 'sent', type: 'payment.confirm', kid: 'moa-2026', verification: 'valid' },
    { direction: 'received', type: 'payment.confirmed', kid: 'shop-1', outcome: 'confirmed', verification: 'valid' },
  ])
  expect(JSON.parse(requests[0]!.body)).toEqual({ message: evidence[0]!.message })

  const file = await room.evidence.export(merchant.id, shop.payment.id)
  expect(file).toMatchObject({ payment: publicId('pay', shop.payment.id), gateway: GATEWAY })
  expect(file.keys.map(({ kid }) => kid)).toEqual(['moa-2026', 'shop-1'])
  expect(JSON.stringify(file)).not.toContain('"d":')
  for (const { kid, message } of file.messages) {
    const key = file.keys.find((one) => one.kid === kid)!
    await jwtVerify(message, await importJWK(key.jwk!, 'EdDSA'), { currentDate: room.clock.now() })
  }
})

test('M-222: evidence stays good after the key was revoked, and shows when it was altered', async () => {
  const { shop, merchant } = await ask((asked, { key }) => sent(signAs(key, confirming(asked))))
  room.clock.advance(1000)
  await room.merchants.revokeKey(merchant.id, 'shop-1')
  const forged = signAs(keyPair('shop-1'), { typ: 'payment.confirmed' })
  const kept = {
    merchantId: merchant.id,
    paymentId: shop.payment.id,
    direction: 'received',
    type: 'payment.confirmed',
  } as const
  await room.evidence.keep({ ...kept, message: forged, kid: 'shop-1', outcome: 'confirmed' })
  await room.evidence.keep({ ...kept, message: forged, kid: 'lost-key', outcome: 'confirmed' })
  const shown = await room.evidence.list(merchant.id, shop.payment.id)
  expect(shown.map(({ verification }) => verification)).toEqual(['valid', 'valid', 'invalid', 'key-unknown'])
})

test('P2.2: evidence can be neither changed nor deleted', async () => {
  for (const sql of ["update evidence set outcome = 'confirmed'", 'delete from evidence']) {
    await expect(room.database.pool.query(sql)).rejects.toThrow(/permission denied/)
  }
})

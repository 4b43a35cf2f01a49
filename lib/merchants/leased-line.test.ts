import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { decodeJwt } from 'jose'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { setClock } from '../auth/auth.fixtures'
import { createOutgoing } from '../messages/outgoing'
import { noTracing } from '../operations/tracing'
import { distinguishedName } from '../trust/issue'
import { toPem } from '../trust/pem'
import { anAuthority, certified, DAY, HOUR, type TestAuthority } from '../trust/trust.fixtures'
import { createConfirmations } from './confirmations'
import { aPaymentOf, aSigningShop, GATEWAY, type MerchantsRoom, signAs, startMerchants } from './merchants.fixtures'

let room: MerchantsRoom
let server: Server | undefined
// Connections are checked by the machine's own clock.
beforeAll(async () => (room = await startMerchants(setClock(new Date()))))
afterEach(() => new Promise<void>((closed) => (server ? server.close(() => closed()) : closed())))
afterAll(() => room.close())

const shopAuthority = anAuthority('Shop authority')
const other = anAuthority('Other authority')

const host = (commonName: string) => distinguishedName({ commonName })

/** The shop's server as a real TLS listener: its certificate, and whom it lets in. */
interface Line {
  readonly by?: TestAuthority
  readonly wish?: Parameters<typeof certified>[1]
  /** PEM of the authorities whose clients are let in; ours when absent. */
  readonly clients?: string
}

async function confirmOver({ by = shopAuthority, wish = {}, clients }: Line, line: 'public' | 'mutual' = 'mutual') {
  const { merchant, key } = await aSigningShop(room)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const seen: (string | undefined)[] = []
  const anchors = room.trust.anchors.map(({ der }) => toPem('CERTIFICATE', der)).join('')
  server = createServer(
    {
      key: privateKey.export({ format: 'pem', type: 'pkcs8' }),
      cert: toPem('CERTIFICATE', certified(by, { key: privateKey, name: host('localhost'), ...wish })),
      ca: clients ?? anchors,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    },
    (request, response) => {
      seen.push((request.socket as TLSSocket).getPeerCertificate().subjectaltname)
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const asked = decodeJwt((JSON.parse(Buffer.concat(chunks).toString()) as { message: string }).message)
        const { tid, amount, currency, jti } = asked as Record<string, unknown>
        const claims = { typ: 'payment.confirmed', tid, amount, currency, re: jti }
        response.end(JSON.stringify({ message: signAs(key, claims) }))
      })
    },
  )
  await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready))
  const address = `localhost:${(server.address() as AddressInfo).port}`
  await room.merchants.change(merchant.id, { confirmationUrl: `https://${address}/moa/confirm` })
  await room.merchants.addAuthority(merchant.id, { use: 'tls', pem: toPem('CERTIFICATE', shopAuthority.der) })
  const changed = await room.contracts.change(merchant.id, { confirmationLine: line })
  expect(changed.kind).toBe('changed')
  const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }])
  const outgoing = createOutgoing({ allow: [address], resolve })
  const payment = aPaymentOf(merchant.id)
  const confirmation = await createConfirmations({ ...room, tracing: noTracing, outgoing }).confirm(payment)
  return { confirmation: confirmation.kind, seen }
}

test('M-170: over a line with certificates on both sides the shop sees that it is us, and confirms', async () => {
  expect(await confirmOver({})).toEqual({ confirmation: 'confirmed', seen: [`URI:${GATEWAY}`] })
})

test.each<[string, Line, ('public' | 'mutual')?]>([
  ['whose certificate is of another authority', { by: other }],
  ['whose certificate has expired', { wish: { validUntil: new Date(Date.now() - HOUR / 2) } }],
  ['whose certificate is not valid yet', { wish: { validFrom: new Date(Date.now() + DAY) } }],
  ['whose certificate names another host', { wish: { name: host('elsewhere') } }],
  ['that lets in clients of another authority only', { clients: toPem('CERTIFICATE', other.der) }],
  ['that asks for a certificate, while the contract knows of none', {}, 'public'],
])('M-170: a server %s is not spoken to, and nothing is confirmed', async (_, line, contract) => {
  expect(await confirmOver(line, contract)).toEqual({ confirmation: 'no-answer', seen: [] })
})

test('a line with certificates is never without encryption, whatever the allow-list says', async () => {
  const outgoing = createOutgoing({ allow: ['127.0.0.1:1'] })
  const answer = await outgoing.post('http://127.0.0.1:1/', {
    headers: {},
    body: '',
    timeLimitMs: 500,
    about: { link: 'confirmation', operation: 'confirm', correlation: 'x' },
    mutual: { authorities: [], ...room.trust.clientIdentity() },
  })
  expect(answer).toEqual({ kind: 'refused', reason: 'not-https' })
})

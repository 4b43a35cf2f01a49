import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isFromMoa, onlyCertifiedByMoa } from '../../sdk'
import { setClock } from '../auth/auth.fixtures'
import { createLeasedLine } from '../../examples/shop/leased-line'
import { createOutgoing, type MutualTls } from '../messages/outgoing'
import { noTracing } from '../operations/tracing'
import { distinguishedName } from '../trust/issue'
import { toPem } from '../trust/pem'
import { anAuthority, certified, DAY, HOUR, type TestAuthority } from '../trust/trust.fixtures'
import { createConfirmations } from './confirmations'
import { createShopLine } from './shop-line'
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
  const seen: boolean[] = []
  const anchors = room.trust.anchors.map(({ der }) => toPem('CERTIFICATE', der)).join('')
  server = createServer(
    {
      key: privateKey.export({ format: 'pem', type: 'pkcs8' }),
      cert: toPem('CERTIFICATE', certified(by, { key: privateKey, name: host('localhost'), ...wish })),
      ...onlyCertifiedByMoa([clients ?? anchors]),
    },
    (request, response) => {
      seen.push(isFromMoa(request, GATEWAY))
      expect(isFromMoa(request, 'https://other.example')).toBe(false)
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
  const confirmation = await createConfirmations({
    ...room,
    shopLine: createShopLine({ ...room, tracing: noTracing, outgoing }),
  }).confirm(payment)
  return { confirmation: confirmation.kind, seen }
}

test('M-170: over a line with certificates on both sides the shop sees that it is us, and confirms (M-220, M-224, M-229)', async () => {
  expect(await confirmOver({})).toEqual({ confirmation: 'confirmed', seen: [true] })
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

test('the example shop’s second door lets us in to ask, and us alone', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'moa-line-'))
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ours = room.trust.anchors.map(({ der }) => toPem('CERTIFICATE', der)).join('')
  const settings = {
    port: 0,
    key: file('key.pem', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()),
    certificate: file(
      'shop.pem',
      toPem('CERTIFICATE', certified(shopAuthority, { key: privateKey, name: host('localhost') })),
    ),
    authorities: file('moa.pem', ours),
  }
  server = createLeasedLine(settings, GATEWAY, (_, response) => void response.end('asked'))
  await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready))
  rmSync(folder, { recursive: true })
  const address = `localhost:${(server.address() as AddressInfo).port}`
  const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }])
  const outgoing = createOutgoing({ allow: [address], resolve })
  const authorities = [toPem('CERTIFICATE', shopAuthority.der)]
  const post = (where: string, mutual?: MutualTls) =>
    outgoing.post(`https://${address}${where}`, {
      headers: {},
      body: '{}',
      timeLimitMs: 5000,
      about: { link: 'confirmation', operation: 'confirm', correlation: 'x' },
      ...(mutual && { mutual }),
    })
  const us = { authorities, ...room.trust.clientIdentity() }
  expect(await post('/moa/confirm', us)).toMatchObject({ status: 200, body: 'asked' })
  expect(await post('/admin', us)).toMatchObject({ status: 403 })
  expect(await post('/moa/confirm')).toMatchObject({ kind: 'no-answer' })
})

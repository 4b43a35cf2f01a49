/** The server of all banks: `/{bank}/accounts/verify`, `/{bank}/transfers` and so on, each request and answer signed. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { compactDecrypt, FlattenedSign } from 'jose'
import { z } from 'zod'
import type { Bank } from './bank'
import type { Deed } from './deeds'
import type { GatewayKeys } from './gateway-keys'
import { type BankRequest, checkRequest, readBody, SeenRequests } from './check-request'
import { reverseRequest, transferRequest, verifyRequest } from './messages'

export interface BankServer {
  readonly port: number
  /** Forgets which requests it has had. */
  reset(): void
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: object
}

const SIGNATURE = 'x-jws-signature'
const error = (status: number, message: string): Answer => ({ status, body: { error: message } })

export async function startBankServer(
  banks: readonly Bank[],
  gateway: GatewayKeys,
  { port, delayMs }: { port: number; delayMs: number },
): Promise<BankServer> {
  const seen = new SeenRequests()

  async function answerTo(bank: Bank, request: BankRequest, response: http.ServerResponse): Promise<void> {
    const checked = await checkRequest(bank.profile.code, request, gateway, seen)
    if (checked.kind === 'fault') {
      bank.complain(checked.fault)
      return send(bank, response, error(401, checked.fault), { re: checked.jti ?? '', iss: checked.iss ?? '' })
    }
    const work = workOf(bank, request)
    if (!work) return send(bank, response, error(404, 'nothing here'), checked)
    const wrong = bank.switchFor(work.target, work.account())
    if (wrong?.kind === 'stall') return
    if (wrong?.kind === 'drop-before') return void response.destroy()
    const forced = wrong?.kind === 'refuse' ? wrong.code : undefined
    const answer =
      wrong?.kind === 'error' ? error(500, 'not today') : await done(bank, () => work.do(checked.jti, forced))
    await bank.recorded()
    if (wrong?.kind === 'lose-answer') return
    if (wrong?.kind === 'drop-after') return void response.destroy()
    await pause(wrong?.kind === 'late' ? wrong.ms : delayMs, undefined, { ref: false })
    await send(bank, response, spoilt(answer, wrong), checked, wrong)
  }

  const server = http.createServer((incoming, response) => {
    const [, code = '', ...rest] = (incoming.url ?? '/').split('/')
    const bank = banks.find(({ profile }) => profile.code === code)
    const path = `/${rest.join('/')}`
    const serve = async () => {
      if (!bank) return void response.writeHead(404).end()
      if (path === '/jwks.json') return publish(bank, response)
      const method = incoming.method ?? ''
      await answerTo(bank, { method, path, body: await readBody(incoming), signature: signatureOf(incoming) }, response)
    }
    serve().catch((fault: unknown) => {
      bank?.complain(fault instanceof Error ? fault.message : 'a request that could not be read')
      response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    reset: () => seen.clear(),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function signatureOf({ headers }: http.IncomingMessage): string {
  const value = headers[SIGNATURE]
  return typeof value === 'string' ? value : ''
}

function publish(bank: Bank, response: http.ServerResponse): void {
  const wrong = bank.switchFor('keys')
  if (wrong?.kind === 'stall') return
  if (wrong) return void response.writeHead(503).end()
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(bank.keys.jwks))
}

async function done(bank: Bank, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch {
    bank.complain('not a request of the profile')
    return error(400, 'not a request of the profile')
  }
}

/** What a request asks for, and how it is done. */
function workOf(bank: Bank, { method, path, body }: BankRequest) {
  const json = (): unknown => JSON.parse(body.toString('utf8') || '{}')
  const [, place, id, deed] = path.split('/')
  const holderOf = (ref: string | undefined) => bank.ledger.all().find((each) => each.ref === ref)?.number
  const ofTransfer = () => holderOf(bank.ledger.transfers.get(id ?? '')?.request.from)
  if (method === 'POST' && path === '/accounts/verify') {
    const verify = async (jti: string, forced?: string): Promise<Answer> => {
      const { passwordJwe, amount, ...asked } = verifyRequest.parse(json())
      const { plaintext, protectedHeader } = await compactDecrypt(passwordJwe, bank.keys.encryption, {
        keyManagementAlgorithms: ['ECDH-ES+A256KW'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      if (protectedHeader.jti !== jti) return error(400, 'the password was encrypted for another request')
      const password = new TextDecoder().decode(plaintext)
      const told = amount === undefined ? {} : { amount: BigInt(amount) }
      return { status: 200, body: bank.verify({ ...asked, ...told, password }, forced) }
    }
    const account = () => z.object({ account: z.string() }).safeParse(json()).data?.account
    return { target: 'verify' as const, account, do: verify }
  }
  if (method === 'POST' && path === '/transfers') {
    const transfer = (_: string, forced?: string): Promise<Answer> => {
      const made = bank.transfer(transferRequest.parse(json()), forced)
      return Promise.resolve(made ? { status: 200, body: made.state } : error(409, 'the id names another transfer'))
    }
    const account = () => holderOf(z.object({ from: z.string() }).safeParse(json()).data?.from)
    return { target: 'transfer' as const, account, do: transfer }
  }
  if (place !== 'transfers' || id === undefined) return undefined
  if (method === 'POST' && deed === 'reverse') {
    const reverse = (_: string, forced?: string): Promise<Answer> => {
      const made = bank.reverse(id, reverseRequest.parse(json()), forced)
      return Promise.resolve(made ? { status: 200, body: made } : error(404, 'no such transfer, or another reversal'))
    }
    return { target: 'reverse' as const, account: ofTransfer, do: reverse }
  }
  if (method !== 'GET' || deed !== undefined) return undefined
  const status = (): Promise<Answer> => {
    const found = bank.ledger.transfers.get(id)
    const body = found && { ...found.state, reversals: found.reversals }
    return Promise.resolve(body ? { status: 200, body } : error(404, 'no such transfer'))
  }
  return { target: 'status' as const, account: ofTransfer, do: status }
}

/** An answer that is not what it should be. */
function spoilt(answer: Answer, wrong: Deed | undefined): Answer {
  switch (wrong?.kind) {
    case 'wrong-amount':
      return { ...answer, body: { ...answer.body, amount: '1' } }
    case 'wrong-id':
      return { ...answer, body: { ...answer.body, transferId: 'another', accountRef: undefined } }
    case 'unknown-state':
      return { ...answer, body: { ...answer.body, state: 'perhaps', ok: undefined } }
    default:
      return answer
  }
}

async function send(
  bank: Bank,
  response: http.ServerResponse,
  { status, body }: Answer,
  to: { readonly re?: string; readonly jti?: string; readonly iss: string },
  wrong?: Deed,
): Promise<void> {
  if (wrong?.kind === 'garbage') {
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>502</html>')
  }
  const bytes = Buffer.from(JSON.stringify(body))
  const { alg, kid, signing, stranger } = bank.keys
  const re = wrong?.kind === 'wrong-request' ? 'another' : (to.jti ?? to.re ?? '')
  const header = { alg, kid, iss: bank.profile.code, aud: to.iss, iat: Math.floor(Date.now() / 1000), re, status }
  const key = wrong?.kind === 'wrong-signature' ? stranger : signing
  const { protected: head, signature } = await new FlattenedSign(bytes).setProtectedHeader(header).sign(key)
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(wrong?.kind !== 'unsigned' && { [SIGNATURE]: `${head}..${signature}` }),
  })
  response.end(bytes)
}

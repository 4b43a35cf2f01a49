import { expect } from 'vitest'
import type { LineChange } from '../../../simulators/telco/line-change'
import { aMerchant, type TestGatewayOptions } from '../../../test/gateway'
import { aPhoneClock, anOperator, type PhoneClock } from '../../billing/phone.fixtures'
import { publicId, type Uuid } from '../../ids'
import type { Merchant } from '../../merchants/merchant'
import { type OAuthClient, type Scope, scopes } from '../../oauth/oauth-client'
import { challengeOf } from '../../oauth/secrets'
import { fresh, type Received, type Sent, startApi, type TestApi } from '../http.fixtures'
import { type Documents, openDocuments } from './documents.fixtures'

/** A client with a token of its own, and the operations as it calls them. */
export interface CamaraClient {
  readonly client: OAuthClient
  readonly secret: string
  readonly token: string
  readonly merchant: Merchant
  /** Calls with this client's token; each exchange is checked against the documents, where they are at hand. */
  call(method: 'GET' | 'POST', path: string, body?: unknown, headers?: Record<string, string>): Promise<Received>
  /** A payment as a client asks for it; what a test does not care about has a good default. */
  pay(changes?: PaymentChanges): Promise<Received>
  prepare(changes?: PaymentChanges): Promise<Received>
  step(payment: Received, step: 'confirm' | 'cancel', body?: unknown): Promise<Received>
  validate(payment: Received, code: string, authorizationId?: string): Promise<Received>
  status(payment: Received): Promise<unknown>
  refund(payment: Received, changes?: RefundChanges): Promise<Received>
}

export interface PaymentChanges {
  readonly phoneNumber?: string | undefined
  readonly amount?: unknown
  readonly currency?: string
  readonly charging?: Readonly<Record<string, unknown>>
  readonly paymentAmount?: Readonly<Record<string, unknown>>
  readonly transaction?: Readonly<Record<string, unknown>>
  readonly body?: Readonly<Record<string, unknown>>
}

export interface RefundChanges {
  /** Absent: all that is left. */
  readonly amount?: number
  readonly charging?: Readonly<Record<string, unknown>>
  readonly refundAmount?: Readonly<Record<string, unknown>>
  readonly transaction?: Readonly<Record<string, unknown>>
  readonly body?: Readonly<Record<string, unknown>>
}

export interface CamaraWorld extends TestApi {
  readonly clock: PhoneClock
  readonly documents: Documents | undefined
  /** A new line of its own, without any purchase so far. */
  line(given?: Partial<LineChange>): Promise<string>
  aClient(wanted?: ClientWanted): Promise<CamaraClient>
  /** A client with the token of a line. */
  withLine(client: CamaraClient, number: string): Promise<CamaraClient>
  /** The digits of the code that was sent for a payment. */
  code(payment: Received): Promise<string>
  /** The digits of the code that was sent to a line. */
  codeAt(number: string): Promise<string>
  send(sent: Sent): Promise<Received>
}

export interface ClientWanted {
  readonly merchant?: Merchant
  /** Whether its contract lets it charge lines that were not proved to us. */
  readonly vouches?: boolean
  readonly scopes?: readonly Scope[]
  readonly redirectUris?: readonly string[]
}

export const PAYMENTS = '/camara/carrier-billing/v0.5/payments'
export const REFUNDS = '/camara/carrier-billing-refund/v0.3/payments'

let lines = 0

/** The interface over a whole gateway with telephone companies; no limits but those that a test sets. */
export async function startCamara(options: TestGatewayOptions = {}): Promise<CamaraWorld> {
  const clock = aPhoneClock()
  const api = await startApi({ clock, ...options })
  const { gateway, outside } = api
  const documents = openDocuments()
  const overTcp = api.hosts['the api process']
  await gateway.phoneBill.limits.set({ scope: 'operator' }, 'KRW', {}, anOperator)

  async function send(sent: Sent): Promise<Received> {
    const received = await overTcp(sent)
    documents?.check(sent, received)
    return received
  }

  async function aClient({ merchant: given, vouches = true, ...wanted }: ClientWanted = {}): Promise<CamaraClient> {
    const merchant = given ?? (await aMerchant(gateway, { modules: ['card', 'phone-bill'] }))
    const made = await gateway.oauth.createClient(merchant.id, { name: 'test', scopes, redirectUris: [], ...wanted })
    if (made.kind !== 'created') throw new Error(made.reason)
    const { client, secret } = made
    await gateway.oauth.setVouching(merchant.id, client.id, vouches)
    const answer = await send({
      method: 'POST',
      path: '/oauth/token',
      headers: {
        authorization: basic(client.id, secret),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    })
    expect(answer.status).toBe(200)
    return calls({ client, secret, merchant }, String(answer.json['access_token']))
  }

  function calls(known: Pick<CamaraClient, 'client' | 'secret' | 'merchant'>, token: string, number?: string) {
    const call: CamaraClient['call'] = (method, path, body, headers = {}) =>
      send({
        method,
        path,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
    const numbers = new Map<string, unknown>()
    const noted = async (made: Promise<Received>, phoneNumber: unknown) => {
      const received = await made
      if (received.status === 201) numbers.set(idOf(received), phoneNumber)
      return received
    }
    const client: CamaraClient = {
      ...known,
      token,
      call,
      pay: (changes) => noted(call('POST', PAYMENTS, aPayment(changes)), changes?.phoneNumber),
      prepare: (changes) => noted(call('POST', `${PAYMENTS}/prepare`, aPayment(changes)), changes?.phoneNumber),
      step: (payment, step, body) =>
        call(
          'POST',
          `${PAYMENTS}/${idOf(payment)}/${step}`,
          body ?? (number === undefined ? { phoneNumber: numbers.get(idOf(payment)) } : {}),
        ),
      validate: (payment, code, authorizationId) =>
        call('POST', `${PAYMENTS}/${idOf(payment)}/validate`, {
          authorizationId: authorizationId ?? validationOf(payment),
          code,
        }),
      status: async (payment) => (await call('GET', `${PAYMENTS}/${idOf(payment)}`)).json['paymentStatus'],
      refund: (payment, changes) => call('POST', `${REFUNDS}/${idOf(payment)}/refunds`, aRefund(changes)),
    }
    return client
  }

  /** A line of a test is sent one code, so the first message that comes is it. */
  async function codeAt(to: string): Promise<string> {
    const [message] = await outside.sms({ to, waitMs: 10_000 })
    const [digits] = /\b[0-9]{6}\b/.exec(message?.text ?? '') ?? []
    if (digits === undefined) throw new Error('no code came')
    return digits
  }

  return {
    ...api,
    clock,
    documents,
    send,
    aClient,
    async line(given = {}) {
      const number = `+821078${String(++lines).padStart(6, '0')}`
      const subscriber = { number, name: '새 가입자', birthDate: '1985-05-05', standing: 'active' } as const
      await outside.changeLine('baram', { ...subscriber, ...given })
      return number
    },
    async withLine(client, number) {
      const verifier = 'v'.repeat(43)
      const redirectUri = client.client.redirectUris[0] ?? 'https://shop.example/back'
      const code = await gateway.oauth.agree({
        clientId: client.client.id,
        redirectUri,
        codeChallenge: challengeOf(verifier),
        scopes: client.client.scopes,
        number,
      })
      const token = await gateway.oauth.redeem(client.client, { code, redirectUri, verifier })
      if (!token) throw new Error('the code of a test is good')
      return calls(client, token.accessToken, number)
    },
    code: (payment) => codeAt((payment.json['amountTransaction'] as Record<string, string>)['phoneNumber']!),
    codeAt,
  }
}

/** HTTP Basic as a client sends it. */
export function basic(clientId: Uuid, secret: string): string {
  return `Basic ${Buffer.from(`${publicId('ocl', clientId)}:${secret}`).toString('base64')}`
}

export function idOf(received: Received): string {
  return String(received.json['paymentId'])
}

function validationOf(payment: Received): string {
  return String((payment.json['validationInfo'] as Record<string, unknown> | undefined)?.['authorizationId'])
}

export function aPayment(changes: PaymentChanges = {}): Record<string, unknown> {
  const { phoneNumber, amount = 12000, currency = 'KRW', charging, paymentAmount, transaction, body } = changes
  return {
    amountTransaction: {
      ...(phoneNumber !== undefined && { phoneNumber }),
      referenceCode: fresh('reference'),
      paymentAmount: {
        chargingInformation: { amount, currency, description: '웹툰 이용권', ...charging },
        ...paymentAmount,
      },
      ...transaction,
    },
    ...body,
  }
}

function aRefund({ amount, charging, refundAmount, transaction, body }: RefundChanges = {}) {
  const part = { amount, currency: 'KRW', description: '환불', ...charging }
  return {
    type: amount === undefined ? 'total' : 'partial',
    amountTransaction: {
      referenceCode: fresh('refund'),
      refundAmount: { ...(amount !== undefined && { chargingInformation: part }), ...refundAmount },
      ...transaction,
    },
    ...body,
  }
}

/** A refusal, as `status code`. */
export function refusal({ status, json }: Received): string {
  return `${status} ${String(json['code'])}`
}

import { createHmac } from 'node:crypto'
import type { Vault } from '../cards/vault'
import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import type { Money } from '../money/money'
import type { TokenCaller } from '../oauth/oauth-client'
import type { DeclineReason } from '../payments/decline-reason'
import type { Payment } from '../payments/payment'
import type { Paid, Payments } from '../payments/payments'
import type { CamaraPayment, PaymentStatus, Proof, SentAmount, Sink } from './camara-payment'
import type { CamaraEvents } from './events'
import type { LineMeans } from './line-means'
import { sealSink } from './sinks'
import {
  claimPayment,
  findPayment,
  insertEvent,
  listPayments,
  noteCode,
  noteValidated,
  type Owner,
  type PaymentRow,
  releaseAbandonedPayment,
  releasePayment,
  showPayment,
} from './store'

export interface NewCamaraPayment {
  readonly steps: 1 | 2
  /** E.164 */
  readonly number: string
  readonly amount: Money
  /** What the holder reads. */
  readonly description: string
  readonly referenceCode: string
  readonly clientCorrelator?: string
  readonly paymentAmount: SentAmount
  readonly merchantIdentifier?: string
  /** With a sink the answer does not wait for the outcome: events tell it. */
  readonly sink?: Sink
  /** The whole request, as bytes that are the same when it is repeated. */
  readonly request: string
  readonly correlationId: string
  /** Network address of the client. */
  readonly remoteAddress: string
}

/** Why nothing was made. */
export type NotMade =
  /** The merchant does not take the phone bill, or the client may not charge a line that nobody answers for. */
  | { kind: 'not-permitted' }
  | { kind: 'not-served' }
  | { kind: 'correlator-taken' }
  | { kind: 'reference-taken' }
  | { kind: 'in-progress' }
  | { kind: 'too-many'; retryAt: Date }
  /** Said only where somebody answers for the line. */
  | { kind: 'unknown-number' }
  | { kind: 'try-later' }
  | { kind: 'declined'; reason: DeclineReason }

export type Made = { kind: 'made'; payment: CamaraPayment; authorizationId?: Uuid } | NotMade

export type Validated =
  | { kind: 'validated' }
  | { kind: 'missing' }
  | { kind: 'already' }
  | { kind: 'wrong-authorization' }
  | { kind: 'wrong-code' }
  | { kind: 'no-tries-left' }

export type Stepped =
  | { kind: 'accepted' }
  | { kind: 'missing' }
  | { kind: 'other-line' }
  | { kind: 'confirmed' }
  | { kind: 'cancelled' }
  | { kind: 'under-way' }
  | { kind: 'denied' }

export interface PaymentFilter {
  readonly from?: Date
  readonly until?: Date
  readonly statuses?: readonly PaymentStatus[]
  readonly merchantIdentifier?: string
  readonly order: 'asc' | 'desc'
  /** Counted from 1. */
  readonly page: number
  readonly perPage: number
}

export interface CamaraPayments {
  /** Whether a number belongs to a telephone company that we are connected to. */
  isServed(number: string): boolean
  /** Charges a line (one step), or reserves an amount on it (two steps). */
  create(caller: TokenCaller, request: NewCamaraPayment): Promise<Made>
  /** Proves the line of a prepared payment by the code that its holder was sent, and reserves the amount. */
  validate(caller: TokenCaller, paymentId: Uuid, given: { authorizationId: string; code: string }): Promise<Validated>
  /** Charges what is reserved. The number is that of the request, where the token has none. */
  confirm(caller: TokenCaller, paymentId: Uuid, number?: string): Promise<Stepped>
  /** Gives up what is reserved. */
  cancel(caller: TokenCaller, paymentId: Uuid, number?: string): Promise<Stepped>
  /** A client's own payment; of its token's line, where that has one. */
  find(caller: TokenCaller, paymentId: Uuid): Promise<CamaraPayment | undefined>
  list(caller: TokenCaller, filter: PaymentFilter): Promise<{ payments: CamaraPayment[]; total: number } | 'too-many'>
  /** Resolves when nothing that was answered with "processing" is in hand any more. */
  idle(): Promise<void>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly settings: { readonly FINGERPRINT_KEY: Buffer }
  readonly payments: Payments
  readonly lines: LineMeans
  readonly events: CamaraEvents
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** Time to type a code, three codes one after the other. */
const VALIDATION_MS = 10 * 60_000
/** Whoever should charge the line at once and has not begun by then has died: nothing is charged any more. */
const BEGIN_MS = 60_000
/** Longer than any request that is alive. */
const ALIVE_MS = 30_000
/** A list that is longer has to be asked for in parts. */
const MOST_MATCHING = 10_000
const CODE = /^[0-9]{6}$/
const LONGEST_ORDER_NAME = 100

export function createCamaraPayments(parts: Parts): CamaraPayments {
  const { clock, vault, payments, lines, events, report } = parts
  const { pool } = parts.database
  const underWay = new Set<Promise<void>>()

  const keyed = (purpose: string, text: string) =>
    createHmac('sha256', parts.settings.FINGERPRINT_KEY).update(`camara ${purpose}\n${text}`).digest()
  const ownerOf = ({ merchant, clientId, number }: TokenCaller): Owner => ({
    merchantId: merchant.id,
    clientId,
    ...(number !== undefined && { numberPrint: keyed('number', number) }),
  })

  function view(row: PaymentRow): CamaraPayment {
    const { merchant_id: merchantId, payment_id: paymentId } = row
    return {
      merchantId,
      paymentId,
      clientId: row.client_id,
      status: row.status,
      number: vault.open(
        { kind: 'camara', ownerId: merchantId, id: paymentId },
        { sealedNumber: row.sealed_number, keyId: row.key_id },
      ),
      steps: row.steps === 1 ? 1 : 2,
      proof: row.proof,
      referenceCode: row.reference_code,
      paymentAmount: row.payment_amount,
      createdAt: row.created_at,
      currency: row.currency,
      capturedAmount: row.captured_amount,
      refundedAmount: row.refunded_amount,
      ...(row.client_correlator !== null && { clientCorrelator: row.client_correlator }),
      ...(row.sink !== null && { sink: row.sink }),
      ...(row.status === 'succeeded' && row.finished_at && { paidAt: row.finished_at }),
      ...(row.validated_at && { validatedAt: row.validated_at }),
      ...(row.reason && { reason: row.reason }),
    }
  }

  function proofOf({ number, vouches }: TokenCaller, steps: 1 | 2): Proof | undefined {
    if (number !== undefined) return 'token'
    if (vouches) return 'client'
    return steps === 2 ? 'code' : undefined
  }

  const create: CamaraPayments['create'] = async (caller, request) => {
    const { merchant, clientId } = caller
    const { steps, number, referenceCode } = request
    const proof = proofOf(caller, steps)
    if (!proof || !merchant.modules.includes(lines.module)) return { kind: 'not-permitted' }
    if (!lines.isServed(number)) return { kind: 'not-served' }
    const at = clock.now()
    const drawn = uuidAt(at)
    const place = { ownerId: merchant.id, id: drawn }
    const claimed = await claimPayment(pool, {
      merchantId: merchant.id,
      paymentId: drawn,
      clientId,
      fingerprint: keyed('request', `${steps} ${number} ${request.request}`),
      number: vault.seal({ kind: 'camara', ...place }, number),
      numberPrint: keyed('number', number),
      steps,
      asynchronous: request.sink !== undefined,
      proof,
      referenceCode,
      paymentAmount: request.paymentAmount,
      correlationId: request.correlationId,
      createdAt: at,
      ...(request.clientCorrelator !== undefined && { clientCorrelator: request.clientCorrelator }),
      ...(request.merchantIdentifier !== undefined && { merchantIdentifier: request.merchantIdentifier }),
      ...(proof === 'code' && { authorizationId: uuidAt(at) }),
      ...(request.sink && { sink: sealSink(vault, place, request.sink) }),
    })
    if (claimed.kind === 'held') {
      if (!claimed.fits) return { kind: 'correlator-taken' }
      const abandoned = await releaseAbandonedPayment(pool, merchant.id, claimed.id, later(at, -ALIVE_MS))
      return abandoned ? create(caller, request) : repeated(caller, claimed.id)
    }
    const opened = await payments.open({
      id: drawn,
      merchantId: merchant.id,
      orderRef: referenceCode,
      orderName: [...request.description].slice(0, LONGEST_ORDER_NAME).join(''),
      amount: request.amount,
      captureMode: steps === 1 ? 'automatic' : 'manual',
      channel: 'open-api',
      locale: 'ko',
      metadata: {},
      expiresAt: later(at, proof === 'code' ? VALIDATION_MS : BEGIN_MS),
    })
    if (opened.kind !== 'opened') {
      await releasePayment(pool, merchant.id, drawn)
      return { kind: 'reference-taken' }
    }
    const begin = () =>
      proof === 'code' ? askForCode(opened.payment, clientId, request) : charge(opened.payment, number)
    if (!request.sink) return answer(caller, drawn, await begin())
    inBackground(drawn, async () => {
      const begun = await begin()
      if (proof === 'code' && begun === undefined) {
        await insertEvent(pool, merchant.id, drawn, events.pendingValidation(drawn, clock.now()))
      }
    })
    const row = await findPayment(pool, ownerOf(caller), drawn)
    // Whatever has become of it already: how it ended is told by an event.
    return row ? made(row, 'processing') : { kind: 'in-progress' }
  }

  /** The same request again: answered by what its payment has become. */
  async function repeated(caller: TokenCaller, paymentId: Uuid): Promise<Made> {
    const row = await findPayment(pool, ownerOf(caller), paymentId, true)
    if (!row) return { kind: 'in-progress' }
    if (row.status === 'denied' && row.shown_at === null) {
      return { kind: 'declined', reason: row.reason ?? 'declined' }
    }
    return made(row)
  }

  function made(row: PaymentRow, status = row.status): Made {
    return {
      kind: 'made',
      payment: { ...view(row), status },
      ...(row.authorization_id && { authorizationId: row.authorization_id }),
    }
  }

  /** The answer of a request that waited: a payment that came to nothing was never there (document, state transitions). */
  async function answer(caller: TokenCaller, paymentId: Uuid, refused: NotMade | undefined): Promise<Made> {
    const { merchant } = caller
    if (refused) {
      // Of a payment that was not even tried nothing is remembered: its correlator is free again (P4.3).
      if (refused.kind !== 'declined') await releasePayment(pool, merchant.id, paymentId)
      return refused
    }
    await showPayment(pool, merchant.id, paymentId, clock.now())
    const row = await findPayment(pool, ownerOf(caller), paymentId)
    return row ? made(row) : { kind: 'in-progress' }
  }

  /** @returns why it came to nothing; undefined when the holder was sent a code */
  async function askForCode(
    { merchantId, id }: Payment,
    clientId: Uuid,
    { number, amount, remoteAddress }: NewCamaraPayment,
  ): Promise<NotMade | undefined> {
    const address = remoteAddress
    const sent = await lines.requestCode({ merchantId, paymentId: id, clientId, amount, number, address })
    switch (sent.kind) {
      case 'sent':
        await noteCode(pool, merchantId, id, sent.codeId)
        return undefined
      case 'too-many':
      case 'try-later':
        await payments.cancel(merchantId, id, 'try-later')
        return sent
      case 'not-payable':
        await payments.cancel(merchantId, id, 'declined')
        return { kind: 'declined', reason: 'declined' }
    }
  }

  /** @returns why it came to nothing; undefined when the line is charged or will be known to be */
  async function charge({ merchantId, id }: Payment, number: string): Promise<NotMade | undefined> {
    const trusted = await lines.trust(number)
    if (trusted.kind !== 'trusted') {
      await payments.cancel(merchantId, id, trusted.kind === 'try-later' ? 'no-answer' : 'line-not-usable')
      return trusted
    }
    const paid = await pay(merchantId, id, trusted.input)
    return paid.kind === 'declined' ? { kind: 'declined', reason: paid.reason } : undefined
  }

  /** Pays with the line; what cannot even be tried ends as denied. */
  async function pay(merchantId: Uuid, paymentId: Uuid, input: unknown): Promise<Exclude<Paid, { kind: 'refused' }>> {
    const paid = await payments.pay(merchantId, paymentId, { means: [{ module: lines.module, input }] })
    if (paid.kind === 'declined') return paid
    if (paid.kind !== 'refused') return paid
    const reason: DeclineReason = paid.reason === 'module-unavailable' ? 'module-unavailable' : 'declined'
    const ended = await payments.cancel(merchantId, paymentId, reason)
    if (ended.kind === 'missing') throw new Error('a payment that was opened has gone')
    return { kind: 'declined', payment: ended.payment, reason: ended.payment.reason ?? reason }
  }

  function inBackground(paymentId: Uuid, work: () => Promise<void>): void {
    const doing = work()
      // Nothing was charged that is not written down: the payment ends by itself when its time is over.
      .catch((error: unknown) => report('camara-payment-left', { paymentId, error: String(error) }))
      .finally(() => underWay.delete(doing))
    underWay.add(doing)
  }

  const validate: CamaraPayments['validate'] = async (caller, paymentId, given) => {
    const row = await findPayment(pool, ownerOf(caller), paymentId)
    if (!row) return { kind: 'missing' }
    const { merchant_id: merchantId, code_id: codeId, authorization_id: authorizationId } = row
    if (authorizationId === null || row.validated_at) return { kind: 'already' }
    if (given.authorizationId !== authorizationId) return { kind: 'wrong-authorization' }
    if (row.status === 'denied' || row.status === 'cancelled') return { kind: 'no-tries-left' }
    if (row.state !== 'created') return { kind: 'already' }
    if (codeId === null || !CODE.test(given.code)) return { kind: 'wrong-code' }
    const input = lines.withCode(view(row).number, { codeId, code: given.code })
    const paid = await payments.pay(merchantId, paymentId, { means: [{ module: lines.module, input }] })
    switch (paid.kind) {
      case 'settled':
      case 'being-checked':
        await noteValidated(pool, merchantId, paymentId, clock.now())
        return { kind: 'validated' }
      case 'refused':
        // Somebody else's right code was quicker.
        return { kind: paid.reason === 'not-payable' ? 'already' : 'wrong-code' }
      case 'declined':
        return declinedAfterCode(row, paid.reason)
    }
  }

  async function declinedAfterCode(row: PaymentRow, reason: DeclineReason): Promise<Validated> {
    const { merchant_id: merchantId, payment_id: paymentId } = row
    if (reason === 'wrong-code' || reason === 'code-expired') return { kind: 'wrong-code' }
    // Ends it where the telephone company was not asked yet; one that it denied has ended already.
    await payments.cancel(merchantId, paymentId, reason)
    if (reason === 'too-many-tries') return { kind: 'no-tries-left' }
    // The code was right; that the line cannot carry the payment is its state, and told by an event.
    await noteValidated(pool, merchantId, paymentId, clock.now())
    return { kind: 'validated' }
  }

  /** The second step of a payment, whichever it is. */
  async function step(
    caller: TokenCaller,
    paymentId: Uuid,
    number: string | undefined,
    deed: (row: PaymentRow) => Promise<boolean>,
    isOpen: (row: PaymentRow) => boolean,
  ): Promise<Stepped> {
    for (let tried = 0; tried < 3; tried++) {
      const row = await findPayment(pool, ownerOf(caller), paymentId)
      if (!row) return { kind: 'missing' }
      if (number !== undefined && view(row).number !== number) return { kind: 'other-line' }
      if (isOpen(row)) {
        if (await deed(row)) return { kind: 'accepted' }
        continue
      }
      if (row.status === 'cancelled') return { kind: 'cancelled' }
      if (row.status === 'succeeded' || row.state === 'capturing') return { kind: 'confirmed' }
      return { kind: row.status === 'processing' ? 'under-way' : 'denied' }
    }
    return { kind: 'under-way' }
  }

  const isDone = ({ kind }: { kind: string }) => kind === 'done' || kind === 'being-checked'

  return {
    isServed: lines.isServed,
    create,
    validate,
    confirm: (caller, paymentId, number) =>
      step(
        caller,
        paymentId,
        number,
        async (row) => isDone(await payments.capture(row.merchant_id, paymentId)),
        (row) => row.state === 'authorized',
      ),
    cancel: (caller, paymentId, number) =>
      step(
        caller,
        paymentId,
        number,
        async (row) => isDone(await payments.cancel(row.merchant_id, paymentId)),
        (row) => row.state === 'authorized' || row.status === 'pending_validation',
      ),
    async find(caller, paymentId) {
      const row = await findPayment(pool, ownerOf(caller), paymentId)
      return row && view(row)
    },
    async list(caller, { page, perPage, ...filter }) {
      const wanted = { ...filter, offset: (page - 1) * perPage, limit: perPage }
      const { rows, total } = await listPayments(pool, ownerOf(caller), wanted, MOST_MATCHING)
      return total > MOST_MATCHING ? 'too-many' : { payments: rows.map(view), total }
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

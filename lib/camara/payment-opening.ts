import type { Vault } from '../cards/vault'
import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import type { TokenCaller } from '../oauth/oauth-client'
import type { DeclineReason } from '../payments/decline-reason'
import type { Payment } from '../payments/payment'
import type { Paid, Payments } from '../payments/payments'
import type { Proof } from './camara-payment'
import { release, releaseAbandoned, show } from './claims'
import type { CamaraEvents } from './events'
import type { LineMeans } from './line-means'
import type { PaymentRecords } from './payment-records'
import type { Made, NewCamaraPayment, NotMade } from './payment-requests'
import { sealSink } from './sinks'
import { claimPayment, findPayment, insertEvent, noteCode, type PaymentRow } from './store'

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly payments: Payments
  readonly lines: LineMeans
  readonly events: CamaraEvents
  readonly records: PaymentRecords
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

export interface PaymentOpening {
  create(caller: TokenCaller, request: NewCamaraPayment): Promise<Made>
  /** Resolves when nothing that was answered with "processing" is in hand any more. */
  idle(): Promise<void>
}

/** Time to type a code, three codes one after the other. */
const VALIDATION_MS = 10 * 60_000
/** Whoever should charge the line at once and has not begun by then has died: nothing is charged any more. */
const BEGIN_MS = 60_000
/** Longer than any request that is alive. */
const ALIVE_MS = 30_000
const LONGEST_ORDER_NAME = 100

/** Charges a line, or reserves an amount on it, once for each correlator. */
export function createPaymentOpening(parts: Parts): PaymentOpening {
  const { clock, vault, payments, lines, events, records, report } = parts
  const { pool } = parts.database
  const { ownerOf } = records
  const underWay = new Set<Promise<void>>()

  function proofOf({ number, vouches }: TokenCaller, steps: 1 | 2): Proof | undefined {
    if (number !== undefined) return 'token'
    if (vouches) return 'client'
    return steps === 2 ? 'code' : undefined
  }

  const create: PaymentOpening['create'] = async (caller, request) => {
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
      fingerprint: records.print('request', `${steps} ${number} ${request.request}`),
      number: vault.seal({ kind: 'camara', ...place }, number),
      numberPrint: records.print('number', number),
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
      const abandoned = await releaseAbandoned(pool, 'payment', merchant.id, claimed.id, later(at, -ALIVE_MS))
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
      await release(pool, 'payment', merchant.id, drawn)
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
      payment: { ...records.read(row), status },
      ...(row.authorization_id && { authorizationId: row.authorization_id }),
    }
  }

  /** The answer of a request that waited: a payment that came to nothing was never there (document, state transitions). */
  async function answer(caller: TokenCaller, paymentId: Uuid, refused: NotMade | undefined): Promise<Made> {
    const { merchant } = caller
    if (refused) {
      // Of a payment that was not even tried nothing is remembered: its correlator is free again (P4.3).
      if (refused.kind !== 'declined') await release(pool, 'payment', merchant.id, paymentId)
      return refused
    }
    await show(pool, 'payment', merchant.id, paymentId, clock.now())
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

  return {
    create,
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

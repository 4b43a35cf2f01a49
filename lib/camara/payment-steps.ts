import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { TokenCaller } from '../oauth/oauth-client'
import type { DeclineReason } from '../payments/decline-reason'
import type { Payments } from '../payments/payments'
import type { LineMeans } from './line-means'
import type { PaymentRecords } from './payment-records'
import type { Stepped, Validated } from './payment-requests'
import { findPayment, noteValidated, type PaymentRow } from './store'

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly payments: Payments
  readonly lines: LineMeans
  readonly records: PaymentRecords
}

export interface PaymentSteps {
  validate(caller: TokenCaller, paymentId: Uuid, given: { authorizationId: string; code: string }): Promise<Validated>
  confirm(caller: TokenCaller, paymentId: Uuid, number?: string): Promise<Stepped>
  cancel(caller: TokenCaller, paymentId: Uuid, number?: string): Promise<Stepped>
}

const CODE = /^[0-9]{6}$/

/** What follows the opening of a payment in two steps. */
export function createPaymentSteps({ database, clock, payments, lines, records }: Parts): PaymentSteps {
  const { pool } = database
  const { ownerOf, read } = records

  const validate: PaymentSteps['validate'] = async (caller, paymentId, given) => {
    const row = await findPayment(pool, ownerOf(caller), paymentId)
    if (!row) return { kind: 'missing' }
    const { merchant_id: merchantId, code_id: codeId, authorization_id: authorizationId } = row
    if (authorizationId === null || row.validated_at) return { kind: 'already' }
    if (given.authorizationId !== authorizationId) return { kind: 'wrong-authorization' }
    if (row.status === 'denied' || row.status === 'cancelled') return { kind: 'no-tries-left' }
    if (row.state !== 'created') return { kind: 'already' }
    if (codeId === null || !CODE.test(given.code)) return { kind: 'wrong-code' }
    const input = lines.withCode(read(row).number, { codeId, code: given.code })
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
      if (number !== undefined && read(row).number !== number) return { kind: 'other-line' }
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
  }
}

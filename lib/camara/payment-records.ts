import { createHmac } from 'node:crypto'
import type { Vault } from '../cards/vault'
import type { TokenCaller } from '../oauth/oauth-client'
import type { CamaraPayment } from './camara-payment'
import type { Owner, PaymentRow } from './store'

interface Parts {
  readonly vault: Vault
  readonly settings: { readonly FINGERPRINT_KEY: Buffer }
}

/** Whose payments are meant, by which prints they are found, and how a row of theirs reads. */
export interface PaymentRecords {
  /** A print that is the same for the same text, and tells nobody the text. */
  print(purpose: 'request' | 'number', text: string): Buffer
  ownerOf(caller: TokenCaller): Owner
  read(row: PaymentRow): CamaraPayment
}

export function createPaymentRecords({ vault, settings }: Parts): PaymentRecords {
  const print: PaymentRecords['print'] = (purpose, text) =>
    createHmac('sha256', settings.FINGERPRINT_KEY).update(`camara ${purpose}\n${text}`).digest()
  return {
    print,
    ownerOf: ({ merchant, clientId, number }) => ({
      merchantId: merchant.id,
      clientId,
      ...(number !== undefined && { numberPrint: print('number', number) }),
    }),
    read(row) {
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
    },
  }
}

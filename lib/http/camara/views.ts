import type { CamaraPayment, CamaraRefund, SentAmount } from '../../camara/camara-payment'
import { publicId } from '../../ids'

const NUMBERS = new Set(['amount', 'taxAmount', 'fee'])

/** What was kept of an amount, as it was sent: members that are numbers lie in the database as decimal text. */
function sent(amount: SentAmount): unknown {
  return JSON.parse(JSON.stringify(amount), (name, value: unknown) =>
    NUMBERS.has(name) && typeof value === 'string' ? Number(value) : value,
  )
}

/** Where the payment can be asked for. */
export function paymentPath(payment: Pick<CamaraPayment, 'paymentId'>): string {
  return `/camara/carrier-billing/v0.5/payments/${publicId('pay', payment.paymentId)}`
}

/** Where the refund can be asked for. */
export function refundPath({ paymentId, refundId }: CamaraRefund): string {
  const payment = publicId('pay', paymentId)
  return `/camara/carrier-billing-refund/v0.3/payments/${payment}/refunds/${publicId('ref', refundId)}`
}

/** A payment in the words of the document. Its server reference is the TID that stands in charging files. */
export function viewPayment(payment: CamaraPayment, webUrl: string) {
  const { clientCorrelator, paidAt, sink } = payment
  return {
    paymentId: publicId('pay', payment.paymentId),
    amountTransaction: {
      phoneNumber: payment.number,
      ...(clientCorrelator !== undefined && { clientCorrelator }),
      paymentAmount: sent(payment.paymentAmount),
      referenceCode: payment.referenceCode,
      resourceURL: new URL(paymentPath(payment), webUrl).href,
      serverReferenceCode: payment.paymentId,
    },
    paymentStatus: payment.status,
    paymentCreationDate: payment.createdAt.toISOString(),
    ...(paidAt && { paymentDate: paidAt.toISOString() }),
    ...(sink !== undefined && { sink }),
  }
}

/** A refund in the words of the document. */
export function viewRefund(refund: CamaraRefund) {
  const { clientCorrelator, finishedAt, reason, sink } = refund
  return {
    refundId: publicId('ref', refund.refundId),
    refundStatus: refund.status,
    type: refund.type,
    amountTransaction: {
      ...(clientCorrelator !== undefined && { clientCorrelator }),
      refundAmount: sent(refund.refundAmount),
      referenceCode: refund.referenceCode,
    },
    refundCreationDate: refund.createdAt.toISOString(),
    ...(finishedAt && { refundDate: finishedAt.toISOString() }),
    ...(reason !== undefined && { reason }),
    ...(sink !== undefined && { sink }),
  }
}

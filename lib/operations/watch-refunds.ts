import { publicId } from '../ids'
import type { RefundOpened, Refunds } from '../payments/refunds'
import type { Tracing } from './tracing'

/** The same refunds, as parts of traces while anything is traced. */
export function watchRefunds(refunds: Refunds, tracing: Pick<Tracing, 'on' | 'span'>): Refunds {
  if (!tracing.on) return refunds
  return {
    ...refunds,
    open: (request, claim) => {
      const attributes = { 'moa.payment': publicId('pay', request.paymentId), 'moa.refund.kind': request.kind }
      return tracing.span('refund open', { attributes, outcome: describe }, () => refunds.open(request, claim))
    },
  }
}

function describe(answer: unknown): Record<string, string> {
  const opened = answer as RefundOpened
  if (opened.kind !== 'opened') return { 'moa.answer': opened.kind }
  const { id, state } = opened.refund
  return { 'moa.answer': opened.kind, 'moa.refund': publicId('ref', id), 'moa.refund.state': state }
}

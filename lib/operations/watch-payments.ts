import { publicId } from '../ids'
import { type Payment, verdictOf } from '../payments/payment'
import type { Changed, Opened, Paid, Payments } from '../payments/payments'
import type { Tracing } from './tracing'

interface Watch {
  readonly tracing: Pick<Tracing, 'on' | 'span'>
  /** An attempt to pay was answered. */
  answered(result: string, milliseconds: number): void
}

/** The same payments, whose answers are counted and timed, and are parts of traces while anything is traced. */
export function watchPayments(payments: Payments, { tracing, answered }: Watch): Payments {
  async function timed<Answer extends Opened | Paid>(work: Promise<Answer>): Promise<Answer> {
    const begun = performance.now()
    const answer = await work
    const result = resultOf(answer)
    if (result) answered(result, performance.now() - begun)
    return answer
  }
  const outcome = (answer: unknown) => describe(answer as Opened | Paid | Changed)

  return {
    ...payments,
    open: (order, claim) => {
      const open = () => payments.open(order, claim)
      const measured = order.means ? () => timed(open()) : open
      return tracing.on ? tracing.span('payment open', { outcome }, measured) : measured()
    },
    pay: (merchantId, paymentId, choice) => {
      const pay = () => timed(payments.pay(merchantId, paymentId, choice))
      return tracing.on ? tracing.span('payment pay', { outcome }, pay) : pay()
    },
    capture: (merchantId, paymentId) =>
      tracing.span('payment capture', { outcome }, () => payments.capture(merchantId, paymentId)),
    cancel: (merchantId, paymentId, reason) =>
      tracing.span('payment cancel', { outcome }, () => payments.cancel(merchantId, paymentId, reason)),
  }
}

/** What an attempt came to; undefined where nothing was attempted. */
function resultOf(answer: Opened | Paid): string | undefined {
  switch (answer.kind) {
    case 'opened':
    case 'settled':
      return verdictOf(answer.payment)
    case 'being-checked':
    case 'declined':
      return answer.kind
    default:
      return undefined
  }
}

function describe(answer: Opened | Paid | Changed): Record<string, string> {
  const payment: Payment | undefined = 'payment' in answer ? answer.payment : undefined
  if (!payment) return { 'moa.answer': answer.kind }
  return {
    'moa.answer': answer.kind,
    'moa.payment': publicId('pay', payment.id),
    'moa.payment.state': payment.state,
  }
}

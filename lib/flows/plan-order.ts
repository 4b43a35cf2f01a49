import type { PlanAnswer, PlannedOrder } from '../payments/parts'
import type { CaptureTime, PaymentPlan } from '../payments/payment-plan'
import type { FlowDocument } from './flow-document'

/** A flow that is in force, and the zone whose clocks its times of day mean. */
export interface FlowInForce {
  /** 0: the flow that every shop begins with. */
  readonly version: number
  readonly document: FlowDocument
}

/**
 * What a flow asks of one payment. A request that says itself when to take the money is followed; approvals, hooks and
 * confirmations hold whatever it says.
 */
export function planOrder({ version, document }: FlowInForce, order: PlannedOrder, zone: string): PlanAnswer {
  const { capture, confirm, hooks, notify } = document
  const captureMode = order.capture ?? (capture.when === 'at-once' ? 'automatic' : 'manual')
  if (version === 0) return { captureMode }
  const timed = order.capture === undefined ? captureTimeOf(capture, zone) : undefined
  const people = peopleNeeded(document, order)
  const plan: PaymentPlan = {
    version,
    ...(confirm === 'always' ? { confirm } : {}),
    ...(timed ? { capture: timed } : {}),
    ...(people > 0 ? { approvals: people } : {}),
    ...(hooks.length > 0 ? { hooks } : {}),
    ...(notify.staff.length > 0 ? { staff: notify.staff } : {}),
    ...(notify.receipts ? {} : { receipts: false as const }),
    ...(notify.silent.length > 0 ? { silent: notify.silent } : {}),
  }
  return { captureMode, plan }
}

/** How many of the shop's people have to agree to a payment of this amount: the strictest rule that it falls under. */
export function peopleNeeded(
  { approvals }: Pick<FlowDocument, 'approvals'>,
  { amount, currency }: Pick<PlannedOrder, 'amount' | 'currency'>,
): number {
  return Math.max(
    0,
    ...approvals
      .filter((rule) => rule.currency === currency && amount > BigInt(rule.above))
      .map(({ people }) => people),
  )
}

function captureTimeOf(capture: FlowDocument['capture'], zone: string): CaptureTime | undefined {
  switch (capture.when) {
    case 'at-once':
    case 'by-hand':
      return undefined
    case 'batch':
      return { ...capture, zone }
    case 'after':
    case 'shipped':
      return capture
  }
}

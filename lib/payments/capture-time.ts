import { HOUR_MS, later } from '../clock'
import { nextTimeOfDay } from '../time-of-day'
import type { Payment } from './payment'

/**
 * When what a payment holds is taken by itself, once it is approved; undefined: by hand, or nobody knows yet.
 * @param heldSince when everything was set aside
 * @param shippedAt when the shop said that it has shipped the order
 */
export function captureTime(
  { captureMode, plan }: Pick<Payment, 'captureMode' | 'plan'>,
  heldSince: Date,
  shippedAt?: Date,
): Date | undefined {
  switch (plan?.capture?.when) {
    case 'after':
      return later(heldSince, plan.capture.hours * HOUR_MS)
    case 'batch':
      return nextTimeOfDay(heldSince, plan.capture.at, plan.capture.zone)
    case 'shipped':
      return shippedAt
    case undefined:
      // Held for its approval only.
      return captureMode === 'automatic' ? heldSince : undefined
  }
}

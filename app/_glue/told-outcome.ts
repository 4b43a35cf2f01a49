import type { Delivery } from '@/lib/messages/messages'

/** What became of a signed message, taken apart: what happened, why, and the number that the other side answered with. */
export interface ToldOutcome {
  readonly kind: string
  readonly why?: string
  readonly figure?: string
}

const KINDS = [
  ...['sent', 'accepted', 'confirmed', 'mismatch', 'declined', 'cancelled', 'acknowledged', 'no-answer'],
  ...['allowed', 'denied'],
]

/** Reads an outcome as evidence keeps it: `sent`, `acknowledged: status 200`, `refused: bad-signature`, or a fault alone. */
export function readOutcome(outcome: string): ToldOutcome {
  const [kind = '', rest] = outcome.split(': ', 2)
  const figure = /^status ([0-9]{3})/.exec(rest ?? '')?.[1]
  if (KINDS.includes(kind)) return { kind, ...(figure && { figure }) }
  const why = kind === 'refused' ? rest : outcome
  return { kind: 'refused', ...(figure ? { why: 'status', figure } : why && { why }) }
}

/** How a try to deliver a message ended, as the tables of words know it. */
export interface DeliveryEnd {
  readonly kind: 'taken' | 'refused' | 'no-answer' | 'not-sent'
  readonly table?: 'delivery.why' | 'delivery.status'
  readonly why?: string
}

const NEVER_SENT = ['bad-url', 'not-https', 'not-public', 'expired', 'void']

/** @param by what carried it: SMS centres say 0 where web and mail servers say 2xx */
export function deliveryEnd({ status, error }: Pick<Delivery, 'status' | 'error'>, by: string): DeliveryEnd {
  if (status === undefined) {
    const kind = error && NEVER_SENT.includes(error) ? 'not-sent' : 'no-answer'
    return { kind, ...(error && { table: 'delivery.why', why: error }) }
  }
  if (by === 'sms' ? status === 0 : status >= 200 && status < 300) return { kind: 'taken' }
  return { kind: 'refused', table: 'delivery.status', why: by === 'webhook' ? faultOf(status) : 'refused' }
}

function faultOf(status: number): string {
  if (status === 410) return 'gone'
  if (status < 400) return 'moved'
  return status < 500 ? 'refused' : 'failed'
}

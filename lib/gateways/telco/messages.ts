import type { AuthenticateRequest, Calling, StatusRequest } from './telco'

/** A request of the link profile. The time is that of sending: a repeat is known by its id alone. */
export interface TelcoRequest {
  readonly id: string
  readonly op: 'authenticate' | 'status' | 'ping'
  /** RFC 3339 */
  readonly at: string
  readonly [member: string]: unknown
}

export function authenticateRequest(request: AuthenticateRequest, at: Date): TelcoRequest {
  const { reference, calling, subscriber, purchase } = request
  const { tid, merchant, description, amount } = purchase
  return {
    id: reference,
    op: 'authenticate',
    at: at.toISOString(),
    ...numberOf(calling),
    ...(calling.kind === 'calling-card' && { pin: calling.pin }),
    ...(subscriber && { subscriber: { nameHash: subscriber.nameHash, birthDate: subscriber.birthDate } }),
    purchase: { tid, merchant, description, amount: amount.amount.toString(), currency: amount.currency },
  }
}

export function statusRequest({ reference, calling }: StatusRequest, at: Date): TelcoRequest {
  return { id: reference, op: 'status', at: at.toISOString(), ...numberOf(calling) }
}

export function pingRequest(id: string, at: Date): TelcoRequest {
  return { id, op: 'ping', at: at.toISOString() }
}

function numberOf({ kind, number }: Pick<Calling, 'kind' | 'number'>) {
  return kind === 'line' ? { kind: 'PSTN', line: number } : { kind: 'IN', callingCard: number }
}

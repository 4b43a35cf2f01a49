import { randomUUID } from 'node:crypto'
import { demoLine, type LineRole } from '../../../simulators/telco/demo-lines'
import { krw } from '../../money/money'
import type { AuthenticateRequest, Calling, TelcoPurchase } from './telco'

/** The line or calling card of a role, as a shopper gives it. */
export function callingOf(role: LineRole): Calling {
  const { number, pin } = demoLine(role)
  return pin === undefined ? { kind: 'line', number } : { kind: 'calling-card', number, pin }
}

export function aPurchase(changes: Partial<TelcoPurchase> = {}): TelcoPurchase {
  return { tid: randomUUID(), merchant: '모아서점', description: '책 세 권', amount: krw(22_000), ...changes }
}

export function anAuthentication(
  role: LineRole = 'mobile',
  changes: Partial<AuthenticateRequest> = {},
): AuthenticateRequest {
  return { reference: randomUUID(), calling: callingOf(role), purchase: aPurchase(), ...changes }
}

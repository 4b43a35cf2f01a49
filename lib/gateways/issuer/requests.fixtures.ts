import { callReference } from '../../call-reference'
import type { CallReference } from '../../call-reference'
import { krw } from '../../money/money'
import type { AuthorizationRequest, CardAcceptor, IssuerCard } from './issuer'

// Issuers know requests of earlier runs by their time and trace: each run starts somewhere else.
let trace = Math.floor(Math.random() * 1_000_000)

/** A reference that no other request has. */
export function aReference(at = new Date()): CallReference {
  trace = (trace + 1) % 1_000_000
  return callReference(at, trace)
}

export const aCard: IssuerCard = { number: '9400010000000019', expiry: '3112', securityCode: '123' }

export const anAcceptor: CardAcceptor = { id: 'shop-1', name: '모아 서점 Seoul', categoryCode: '5942' }

export function anAuthorization(changes: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return { reference: aReference(), card: aCard, amount: krw(10_000), acceptor: anAcceptor, ...changes }
}

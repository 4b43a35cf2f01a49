import { randomUUID } from 'node:crypto'
import { HOUR_MS, later } from '../../clock'
import { publicId, readPublicId, type Uuid } from '../../ids'
import type { Money } from '../../money/money'
import type { ApplicationCaller } from '../../open-service/application'
import { serviceException } from '../../parlayx/faults'
import type { HttpGateway } from '../http-gateway'
import { accountToCharge, requesterOf } from './charging-parts'

/** What an application has set aside and forgotten is given back by then. */
const RESERVATION_LIVES_MS = HOUR_MS

/** Which reservation of the caller's own. */
export interface OwnPlace {
  readonly merchantId: Uuid
  readonly requester: string
  readonly reservationId: Uuid
}

/**
 * Sets an amount aside. The interface has no reference for it: one whose answer is lost is given back by itself.
 * @throws ParlayFault SVC0270 when it cannot be
 */
export async function reserve(
  gateway: HttpGateway,
  caller: ApplicationCaller,
  of: { readonly endUserIdentifier: string; readonly amount: Money; readonly description: string },
): Promise<Uuid> {
  const { application, merchant } = caller
  const account = await accountToCharge(gateway, caller, of.endUserIdentifier)
  const reserved = await gateway.accounts.reserve({
    ...{ merchantId: merchant.id, requester: requesterOf(application), reference: `reserve:${randomUUID()}` },
    ...{ amount: of.amount, description: of.description, shop: merchant.name },
    ...account,
    expiresAt: later(gateway.clock.now(), RESERVATION_LIVES_MS),
  })
  if (reserved.kind !== 'reserved') throw serviceException('SVC0270')
  return reserved.reservationId
}

export function identifierOf(reservationId: Uuid): string {
  return publicId('ars', reservationId)
}

/** @throws ParlayFault SVC0002 for what is no reservation's identifier */
export function placeOf({ application, merchant }: ApplicationCaller, identifier: string): OwnPlace {
  const reservationId = readPublicId('ars', identifier)
  if (!reservationId) throw serviceException('SVC0002', 'reservationIdentifier')
  return { merchantId: merchant.id, requester: requesterOf(application), reservationId }
}

/**
 * What is asked of a reservation that is not there is a wrong identifier; anything else is a charge that was not made.
 * @throws ParlayFault
 */
export function reservationAnswer(result: { readonly kind: string; readonly reason?: string }): Record<string, never> {
  if (result.kind === 'reference-reused') throw serviceException('SVC0002', 'referenceCode')
  if (result.reason === 'no-such-reservation') throw serviceException('SVC0002', 'reservationIdentifier')
  if (result.kind === 'refused') throw serviceException('SVC0270')
  return {}
}

/** Gives back what is left. To one that is closed already there is nothing to give back. @throws ParlayFault */
export async function release(gateway: HttpGateway, place: OwnPlace): Promise<Record<string, never>> {
  const released = await gateway.accounts.release(place)
  if (released.kind === 'refused' && released.reason === 'reservation-closed') return {}
  return reservationAnswer(released)
}

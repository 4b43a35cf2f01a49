import { createHash } from 'node:crypto'
import { publicId } from '../ids'
import { type Leg, type Payment, verdictOf } from './payment'

/** Capital letters and digits that nobody takes for one another on a slip (Crockford's base 32). */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** As long as an issuer's (ISO 8583, DE38: an6). */
const LENGTH = 6

/** What the issuer of a card said yes with (ISO 8583, DE38); undefined where it has not, and for means that have no such code. */
export function approvalCodeOfLeg({ hold }: Pick<Leg, 'hold'>): string | undefined {
  return hold?.['authorizationId']
}

/**
 * The approval code of a V-Card (M-267, M-283): made when all issuers have completed, one for all its cards. It follows from the
 * payment, so that whoever asks twice is told the same.
 *
 * @returns undefined where nothing was paid, or not by V-Card
 */
export function approvalCodeOfVCard(payment: Pick<Payment, 'id' | 'state' | 'attempt' | 'legs'>): string | undefined {
  const isByVCard = payment.legs.some(({ attempt, module }) => attempt === payment.attempt && module === 'vcard')
  if (!isByVCard || verdictOf(payment) !== 'paid') return undefined
  const digest = createHash('sha256')
    .update(`${publicId('pay', payment.id)}.${payment.attempt}`)
    .digest()
  return Array.from(digest.subarray(0, LENGTH), (byte) => SIGNS[byte % SIGNS.length]).join('')
}

import type pg from 'pg'
import type { Uuid } from '../ids'
import type { AccountRequest, ReservationPlace } from './account'
import type { StoredReservation } from './money-store'

/** A requester's own reservation. */
export async function findReservation(
  pool: pg.Pool,
  { merchantId, requester, reservationId }: ReservationPlace,
): Promise<StoredReservation | undefined> {
  const { rows } = await pool.query<{ found: StoredReservation }>({
    name: 'account_reservation',
    text: `select reservation_view(v) as found from account_reservation v
           where v.merchant_id = $1 and v.id = $2 and v.requester = $3`,
    values: [merchantId, reservationId, requester],
  })
  return rows[0]?.found
}

/** The reservation that a request made. */
export async function findReserved(
  pool: pg.Pool,
  { merchantId, requester, reference }: AccountRequest,
): Promise<Uuid | undefined> {
  const { rows } = await pool.query<{ id: Uuid | null }>({
    name: 'account_reserved',
    text: `select result->>'reservationId' as id from account_request
           where merchant_id = $1 and requester = $2 and reference = $3`,
    values: [merchantId, requester, reference],
  })
  return rows[0]?.id ?? undefined
}

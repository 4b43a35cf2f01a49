import type pg from 'pg'
import type { Uuid } from '../ids'

/** What an idempotency key that has been claimed stands for. */
export type HeldKey =
  | { readonly kind: 'replay'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'in-progress'; readonly resourceId: Uuid }
  | { readonly kind: 'key-reused' }

/** What a key was used for before; undefined when nobody has claimed it. Claims nothing. */
export async function findHeldKey(
  pool: pg.Pool,
  merchantId: Uuid,
  { key, fingerprint }: { readonly key: string; readonly fingerprint: Buffer },
): Promise<HeldKey | undefined> {
  const { rows } = await pool.query<{ held: HeldKey }>(
    'select held_key(k, $3) as held from idempotency_key k where k.merchant_id = $1 and k.key = $2',
    [merchantId, key, fingerprint],
  )
  return rows[0]?.held
}

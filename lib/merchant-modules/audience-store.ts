import type pg from 'pg'
import type { Uuid } from '../ids'
import type { ModuleCode } from '../modules/payment-module'
import type { Buyer } from '../payments/module-terms'

/** Which of these modules somebody may use: one query, made only where a module is not open to everybody. */
export async function findOpenTo(
  pool: pg.Pool,
  merchantId: Uuid,
  codes: readonly ModuleCode[],
  { shopperId, email }: Buyer,
): Promise<ReadonlySet<ModuleCode>> {
  const { rows } = await pool.query<{ codes: ModuleCode[] }>({
    name: 'modules_open_to',
    text: `select modules_open_to($1, $2, coalesce((select email from person where id = $3), $4, '')) as codes`,
    values: [merchantId, codes, shopperId ?? null, email ?? null],
  })
  return new Set(rows[0]?.codes)
}

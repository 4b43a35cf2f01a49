import type pg from 'pg'
import type { Uuid } from '../ids'

/** Where a tenant's chain ends at the moment. */
export interface ChainEnd {
  readonly tenantId: Uuid
  readonly position: bigint
  readonly hash: Buffer
}

export interface SignedHead extends ChainEnd {
  readonly kid: string
  readonly jws: string
  readonly at: Date
}

/** Gives waiting lines their places in their chains, at most so many; how many it gave. */
export async function chainWaiting(pool: pg.Pool, most: number): Promise<number> {
  const { rows } = await pool.query<{ given: number }>('select chain_audit($1) as given', [most])
  return rows[0]!.given
}

/** Ends of chains that have grown since their head was last signed, and whose head is older than a time. */
export async function findUnsignedEnds(pool: pg.Pool, signedBefore: Date, limit: number): Promise<ChainEnd[]> {
  const { rows } = await pool.query<ChainEnd>(
    `with recursive t as (
       (select tenant_id from audit_link order by tenant_id limit 1)
       union all
       select (select l.tenant_id from audit_link l where l.tenant_id > t.tenant_id order by l.tenant_id limit 1)
       from t where t.tenant_id is not null
     )
     select e.tenant_id as "tenantId", e.position, e.hash
     from t
     cross join lateral (select l.tenant_id, l.position, l.hash from audit_link l where l.tenant_id = t.tenant_id
       order by l.position desc limit 1) e
     left join lateral (select h.position, h.at from audit_head h where h.tenant_id = t.tenant_id
       order by h.position desc limit 1) h on true
     where h.position is null or (h.position < e.position and h.at <= $1)
     limit $2`,
    [signedBefore, limit],
  )
  return rows
}

export async function insertHead(pool: pg.Pool, { tenantId, position, hash, kid, jws, at }: SignedHead): Promise<void> {
  await pool.query(
    `insert into audit_head (tenant_id, position, hash, kid, jws, at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [tenantId, position, hash, kid, jws, at],
  )
}

/** The newest signed head of every chain. */
export async function findHeads(pool: pg.Pool): Promise<SignedHead[]> {
  const { rows } = await pool.query<SignedHead>(
    `select distinct on (tenant_id) tenant_id as "tenantId", position, hash, kid, jws, at
     from audit_head order by tenant_id, position desc`,
  )
  return rows
}

import type pg from 'pg'

export interface Lease {
  readonly job: string
  /** Grows with every change of hands; a runner whose token is no longer the stored one has lost its lease. */
  readonly token: bigint
}

/** Takes the lease of a job if nobody holds it, or goes on holding it. Undefined: somebody else does. */
export async function takeLease(
  pool: pg.Pool,
  job: string,
  holder: string,
  now: Date,
  until: Date,
): Promise<Lease | undefined> {
  const { rows } = await pool.query<{ token: bigint }>(
    `insert into job_lease as held (job, token, holder, until, last_started_at) values ($1, 1, $2, $4, $3)
     on conflict (job) do update set
       token = case when held.holder = $2 then held.token else held.token + 1 end,
       holder = $2, until = $4, last_started_at = $3
     where held.holder = $2 or held.until <= $3
     returning token`,
    [job, holder, now, until],
  )
  return rows[0] && { job, token: rows[0].token }
}

/** Goes on holding the lease while a run lasts; false when somebody else has it. */
export async function renewLease(pool: pg.Pool, { job, token }: Lease, until: Date): Promise<boolean> {
  const { rowCount } = await pool.query('update job_lease set until = $3 where job = $1 and token = $2', [
    ...[job, token, until],
  ])
  return rowCount === 1
}

/** Notes how a run ended, unless the lease was lost meanwhile. */
export async function noteRun(
  pool: pg.Pool,
  { job, token }: Lease,
  now: Date,
  error: string | undefined,
): Promise<void> {
  await pool.query(
    `update job_lease set last_success_at = case when $4::text is null then $3 else last_success_at end, last_error = $4
     where job = $1 and token = $2`,
    [job, token, now, error ?? null],
  )
}

/** What an operator sees of the jobs. */
export async function jobStates(
  pool: pg.Pool,
): Promise<
  { job: string; holder: string; lastStartedAt: Date | null; lastSuccessAt: Date | null; lastError: string | null }[]
> {
  const { rows } = await pool.query(
    `select job, holder, last_started_at as "lastStartedAt", last_success_at as "lastSuccessAt", last_error as "lastError"
     from job_lease order by job`,
  )
  return rows
}

import { z } from 'zod'
import { ApiError } from '../errors'
import type { HttpGateway } from '../http-gateway'
import { type Reply, route } from '../route'

const health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' })

export const getLiveness = route(
  'GET /healthz',
  {
    caller: 'public',
    summary: 'Whether the process is alive',
    answers: { 200: { description: 'It is', schema: health } },
  },
  (): Reply => ({ status: 200, body: { status: 'ok' } }),
)

/** Says no while the database is away: a load balancer then sends requests elsewhere (P9.1). */
export const getReadiness = route(
  'GET /readyz',
  {
    caller: 'public',
    summary: 'Whether the process can take requests',
    answers: { 200: { description: 'It can', schema: health } },
    errors: ['unavailable'],
  },
  async ({ gateway }): Promise<Reply> => {
    if (await answers(gateway)) return { status: 200, body: { status: 'ok' } }
    throw new ApiError('unavailable', { headers: { 'retry-after': '2' } })
  },
)

/** A database that takes longer than this to say anything is as good as away. */
const PATIENCE_MS = 2000

async function answers({ database }: HttpGateway): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false)
  })
  const asked = database.pool.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer))
}

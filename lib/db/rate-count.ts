import { invariant } from '../invariant'
import type { Prisma } from './generated/client'

/** Counts one more of something that is limited within a window of time; how many there are now. */
export async function countOne(
  tx: Pick<Prisma.TransactionClient, '$queryRaw'>,
  subject: string,
  windowStart: Date,
): Promise<number> {
  const [counted] = await tx.$queryRaw<{ count: number }[]>`
    insert into rate_count as r (subject, window_start, count) values (${subject}, ${windowStart}, 1)
    on conflict (subject, window_start) do update set count = r.count + 1 returning count`
  invariant(counted, 'what is counted has a count')
  return counted.count
}

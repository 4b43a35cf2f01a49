const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  // Prisma: cannot reach, timed out, closed, no connection free in time, too many connections
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2037',
])

/** PostgreSQL classes: connection exception, insufficient resources, operator intervention (shutdown, statement time-out). */
const AWAY_CLASSES = ['08', '53', '57']

/** pg says these without a code. */
const SAID_PLAINLY =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error/

/**
 * Whether an error says that the database is away or overburdened, not that we are wrong: answered with 503, for the
 * caller to ask again with the same Idempotency-Key. It may have committed; the key finds that out.
 */
export function isUnavailable(error: unknown): boolean {
  for (let seen: unknown = error, depth = 0; seen instanceof Error && depth < 4; seen = seen.cause, depth++) {
    if (SAID_PLAINLY.test(seen.message)) return true
    const code = 'code' in seen && typeof seen.code === 'string' ? seen.code : ''
    if (CONNECTION_CODES.has(code) || (code.length === 5 && AWAY_CLASSES.includes(code.slice(0, 2)))) return true
    if (seen instanceof AggregateError) return seen.errors.some(isUnavailable)
  }
  return false
}

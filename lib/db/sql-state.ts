/** The five characters by which PostgreSQL, or the driver, names an error; empty for errors of another kind. */
export function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

// Connection exception, insufficient resources, operator intervention (shutdown).
const AWAY = /^(08|53|57P)/

/** Whether the database has refused what it was asked, as opposed to being away or unable to do anything. */
export function isRefusal(error: unknown): boolean {
  const state = sqlState(error)
  return /^[0-9A-Z]{5}$/.test(state) && !AWAY.test(state)
}

/** Whether somebody else has written a row with the same key. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === '23505'
}

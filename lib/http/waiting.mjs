/**
 * How long any server of ours waits for a request to come in (P10.1). Plain JavaScript: the pages' server is given it before
 * anything that reads TypeScript has been loaded (scripts/web.mjs).
 */
export const WAITING = {
  headersMs: 10_000,
  requestMs: 30_000,
  /** How often slow senders are looked for. */
  checkMs: 1000,
  /** Longer than load balancers keep idle connections, so that they close first. */
  keepAliveMs: 65_000,
}

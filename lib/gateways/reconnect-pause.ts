/**
 * How long to wait before the next try to reach a system, after so many that failed: twice as long each time, up to a
 * bound. Uneven, so that many gateways do not knock at a recovering system in step.
 */
export function reconnectPause(
  failures: number,
  { firstMs, longestMs }: { firstMs: number; longestMs: number },
): number {
  return Math.min(longestMs, firstMs * 2 ** failures) * (0.5 + Math.random() / 2)
}

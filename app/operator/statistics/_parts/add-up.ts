import type { DailyLine } from '@/lib/statistics/daily-store'

export interface Sum<Key> {
  readonly key: Key
  readonly count: number
  readonly amount: bigint
}

/** Lines that say the same of what is asked for, added up; the largest amounts first. */
export function addUp<Key extends Readonly<Record<string, string>>>(
  lines: readonly DailyLine[],
  keyOf: (line: DailyLine) => Key,
): Sum<Key>[] {
  const sums = new Map<string, Sum<Key>>()
  for (const line of lines) {
    const key = keyOf(line)
    const name = JSON.stringify(key)
    const before = sums.get(name)
    sums.set(name, {
      key,
      count: (before?.count ?? 0) + line.count,
      amount: (before?.amount ?? 0n) + line.amount,
    })
  }
  return [...sums.values()].sort((a, b) => (a.amount < b.amount ? 1 : a.amount > b.amount ? -1 : b.count - a.count))
}

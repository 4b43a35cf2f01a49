/**
 * How long many things took, in a few numbers: how many fell into each of a row of buckets, each a fifth longer than the
 * one before. Two of them add up to one, so that figures of many processes and minutes are as true as those of one.
 */
export class Latencies {
  private readonly counts = new Map<number, number>()
  count = 0

  add(milliseconds: number): void {
    const bucket = bucketOf(milliseconds)
    this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + 1)
    this.count += 1
  }

  /** As many numbers as there are buckets in use. */
  written(): WrittenLatencies {
    return [...this.counts].sort(([a], [b]) => a - b)
  }

  addWritten(written: Readonly<WrittenLatencies>): void {
    for (const [bucket, count] of written) {
      this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + count)
      this.count += count
    }
  }

  /** Milliseconds that this share of them (0 to 1) did not exceed, at most a fifth too long; undefined of nothing. */
  quantile(share: number): number | undefined {
    let left = Math.ceil(share * this.count)
    for (const [bucket, count] of this.written()) {
      left -= count
      if (left <= 0) return longestOf(bucket)
    }
    return undefined
  }
}

export type WrittenLatencies = [bucket: number, count: number][]

const SHORTEST_MS = 0.1
const GROWTH = 1.2

function bucketOf(milliseconds: number): number {
  return milliseconds <= SHORTEST_MS ? 0 : Math.ceil(Math.log(milliseconds / SHORTEST_MS) / Math.log(GROWTH))
}

function longestOf(bucket: number): number {
  return SHORTEST_MS * GROWTH ** bucket
}

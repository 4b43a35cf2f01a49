/** A computation that can be paused: it yields now and then, and returns its result at the end. */
export type Pausable<T> = Generator<void, T, void>

/** About how many vertices are looked at between two pauses: around a millisecond. */
const PAUSE_AFTER = 10_000

/** Thrown where a computation would look at more vertices than it was allowed. */
export class WorkSpent extends Error {
  override readonly name = 'WorkSpent'
}

/** Counts vertices looked at. The count depends on the instance alone, never on the clock. */
export class Work {
  private done = 0
  private nextPause = PAUSE_AFTER

  /** @param allowance how many vertices may be looked at */
  constructor(private readonly allowance = Infinity) {}

  /**
   * @returns whether the computation should pause now, after this much more
   * @throws WorkSpent beyond the allowance
   */
  add(vertices: number): boolean {
    this.done += vertices
    if (this.done > this.allowance) throw new WorkSpent('the computation is larger than was allowed for it')
    if (this.done < this.nextPause) return false
    this.nextPause = this.done + PAUSE_AFTER
    return true
  }

  get total(): number {
    return this.done
  }
}

/** Runs a computation to its end without pausing. */
export function withoutPause<T>(computation: Pausable<T>): T {
  for (;;) {
    const step = computation.next()
    if (step.done) return step.value
  }
}

/** A computation that can be paused: it yields now and then, and returns its result at the end. */
export type Pausable<T> = Generator<void, T, void>

/** About how many vertices are looked at between two pauses: around a millisecond. */
const PAUSE_AFTER = 10_000

/** Counts vertices looked at. The count depends on the instance alone, never on the clock. */
export class Work {
  private done = 0
  private nextPause = PAUSE_AFTER

  /** @returns whether the computation should pause now, after this much more */
  add(vertices: number): boolean {
    this.done += vertices
    if (this.done < this.nextPause) return false
    this.nextPause = this.done + PAUSE_AFTER
    return true
  }
}

/** Runs a computation to its end without pausing. */
export function withoutPause<T>(computation: Pausable<T>): T {
  for (;;) {
    const step = computation.next()
    if (step.done) return step.value
  }
}

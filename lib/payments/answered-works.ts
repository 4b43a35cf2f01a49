import type { Clock } from '../clock'

export interface AnsweredWorks {
  /**
   * What the work comes to, or undefined when the answer is due before; the work then goes on in the background, and what fails in
   * it is told to `onLateFailure`, because whoever asked has gone.
   */
  within<T>(answerBy: Date, work: Promise<T>, onLateFailure: (error: unknown) => void): Promise<T | undefined>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

/** Work that somebody waits for, but no longer than until their answer is due (P3.8). */
export function createAnsweredWorks(clock: Clock): AnsweredWorks {
  const underWay = new Set<Promise<unknown>>()
  return {
    async within<T>(answerBy: Date, work: Promise<T>, onLateFailure: (error: unknown) => void) {
      let isTooLate = false
      underWay.add(work)
      void work
        .catch((error: unknown) => {
          if (isTooLate) onLateFailure(error)
        })
        .finally(() => underWay.delete(work))
      let timer: NodeJS.Timeout | undefined
      const tooLate = new Promise<undefined>((resolve) => {
        timer = setTimeout(
          () => {
            isTooLate = true
            resolve(undefined)
          },
          Math.max(0, answerBy.getTime() - clock.now().getTime()),
        )
      })
      return Promise.race([work, tooLate]).finally(() => clearTimeout(timer))
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}

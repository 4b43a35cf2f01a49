/** More passwords are being looked at than the machine can at once: nothing was looked at, and nothing counted as a try. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy'
}

/** Whether it is that: the pages' server loads a class more than once, so that its name tells. */
export function isTooBusy(error: unknown): boolean {
  return error instanceof Error && error.name === 'TooBusy'
}

/** Lets so many do something at once; whoever is one too many is told so instead of waiting in a line without an end. */
export function createTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let atWork = 0
  return async (work) => {
    if (atWork >= most) throw new TooBusy(`${most} are at work`)
    atWork += 1
    try {
      return await work()
    } finally {
      atWork -= 1
    }
  }
}

/**
 * A slow hash takes some thirty milliseconds of a processor and 19 MiB, and few run at once; with this many the last one has
 * its answer within a second or two. Anybody may ask for one, so that what is more must not pile up (P9.2).
 */
export const MOST_HASHES = 64
export const inTurn = createTurns(MOST_HASHES)

import { isRefusal } from './sql-state'

/**
 * Sends what waits at the same moment in one call. The first request goes at once; those that arrive while it is under
 * way go together in the next call. Under load this multiplies what the database carries, at rest it costs nothing.
 */
export interface BatchOptions<Request> {
  /** Calls under way at once. */
  readonly calls: number
  /** Requests in one call, so that one call stays short. */
  readonly largest: number
  /** Locks are taken in this order, so that two calls do not wait for each other in a ring. */
  readonly order: (request: Request) => string
}

export function createBatch<Request, Result>(
  send: (requests: readonly Request[]) => Promise<readonly Result[]>,
  { calls, largest, order }: BatchOptions<Request>,
): (request: Request) => Promise<Result> {
  interface Waiting {
    readonly request: Request
    readonly key: string
    readonly resolve: (result: Result) => void
    readonly reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []
  let underWay = 0

  function pump(): void {
    while (underWay < calls && waiting.length > 0) {
      const taken = waiting.slice(0, largest)
      waiting = waiting.slice(largest)
      underWay += 1
      void sendTogether(taken).finally(() => {
        underWay -= 1
        pump()
      })
    }
  }

  async function sendTogether(taken: Waiting[]): Promise<void> {
    if (taken.length > 1) taken.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    try {
      const results = await send(taken.map(({ request }) => request))
      taken.forEach(({ resolve }, index) => resolve(results[index]!))
    } catch (error) {
      // A database that is away, or overburdened, refuses everybody: asking it again for each would only add to that.
      if (taken.length === 1 || !isRefusal(error)) return taken.forEach(({ reject }) => reject(error))
      // One request that breaks a constraint must not fail the others of its call: each is sent alone, within this call.
      for (const one of taken) await sendTogether([one])
    }
  }

  let scheduled = false
  return (request) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ request, key: order(request), resolve, reject })
      if (scheduled) return
      scheduled = true
      // Requests of the same turn of the event loop go in one call.
      setImmediate(() => {
        scheduled = false
        pump()
      })
    })
}

import path from 'node:path'
import type { Instance } from './instance'
import { OptimizerThread } from './optimizer-thread'
import type { Result } from './result'
import { solve } from './solve'

/**
 * So long a computation stays where it is asked for, because handing it over takes about as long. It decides where it
 * ends, never what it finds.
 */
const HERE_MS = 3

// A bundled server does not know where its sources were; every process of Moa is started in the project's folder.
const thread = new OptimizerThread(path.join(process.cwd(), 'lib/vcard/optimizer/thread.mjs'))

/**
 * The same answer as `optimize`, for a server with other requests to answer: what is not found at once is computed in a
 * thread, so that neither steps nor garbage of a hard instance hold the event loop.
 *
 * @throws InvalidInstance when the input is no instance
 */
export async function optimizeAside(instance: Instance): Promise<Result> {
  const computation = solve(instance)
  const end = performance.now() + HERE_MS
  do {
    const step = computation.next()
    if (step.done) return step.value
  } while (performance.now() < end)
  return thread.optimize(instance)
}

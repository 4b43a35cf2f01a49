import type { Dispatch } from './dispatch'
import { ApiError } from './errors'
import { dispatch, refuse } from './interfaces'

/**
 * Requests at work at once. An issuer that does not answer holds its payments for some ten seconds, so there is room for those
 * beside the quick ones; what is more is told to come again (P9.2).
 */
export const MOST_IN_FLIGHT = 2000

/** Answers by the route table, so many calls at once at most. One for a process, whichever way calls come in. */
export function createBoundedDispatch(most: number = MOST_IN_FLIGHT): Dispatch {
  let inFlight = 0
  return async (gateway, call) => {
    // Whoever asks how we are is always answered: a busy process is not a broken one.
    const health = call.path === '/healthz' || call.path === '/readyz'
    if (!health && inFlight >= most)
      return refuse(gateway, new ApiError('overloaded', { headers: { 'retry-after': '1' } }), call)
    inFlight += 1
    try {
      return await dispatch(gateway, call)
    } finally {
      inFlight -= 1
    }
  }
}

import type { CallingNumber } from './telco'

export interface NumberOwner {
  readonly code: string
  /** PSTN takes telephone numbers, IN calling cards. */
  readonly kind: 'PSTN' | 'IN'
  readonly prefixes: readonly string[]
}

/**
 * Finds the system that a telephone number or calling card belongs to: of the owners of its kind the one with the longest
 * prefix that fits.
 *
 * @throws RangeError if two systems of a kind claim the same prefix
 */
export function routeByNumber(owners: readonly NumberOwner[]): (calling: CallingNumber) => string | undefined {
  const routes = { PSTN: new Map<string, string>(), IN: new Map<string, string>() }
  for (const { code, kind, prefixes } of owners) {
    for (const prefix of prefixes) {
      const other = routes[kind].get(prefix)
      if (other !== undefined) throw new RangeError(`"${prefix}" is claimed by "${other}" and by "${code}".`)
      routes[kind].set(prefix, code)
    }
  }
  return ({ kind, number }) => {
    const ofKind = routes[kind === 'line' ? 'PSTN' : 'IN']
    for (let length = number.length; length >= 0; length -= 1) {
      const owner = ofKind.get(number.slice(0, length))
      if (owner !== undefined) return owner
    }
    return undefined
  }
}

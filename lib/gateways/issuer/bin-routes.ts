import type { IssuerSettings } from './issuer-settings'

/**
 * Finds the issuer of a card number by its first digits; where several fit, the longest decides.
 *
 * @throws RangeError if two issuers claim the same BIN
 */
export function routeByBin(
  issuers: readonly Pick<IssuerSettings, 'code' | 'bins'>[],
): (cardNumber: string) => string | undefined {
  const byBin = new Map<string, string>()
  for (const { code, bins } of issuers) {
    for (const bin of bins) {
      const other = byBin.get(bin)
      if (other !== undefined) throw new RangeError(`Issuers "${other}" and "${code}" both claim the BIN ${bin}.`)
      byBin.set(bin, code)
    }
  }
  const lengths = [...new Set([...byBin.keys()].map((bin) => bin.length))].sort((a, b) => b - a)
  return (cardNumber) => {
    for (const length of lengths) {
      const code = byBin.get(cardNumber.slice(0, length))
      if (code !== undefined) return code
    }
    return undefined
  }
}

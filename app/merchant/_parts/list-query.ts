export type RawQuery = Readonly<Record<string, string | string[] | undefined>>

/** The address of a list, or of its export, with its filters. */
export function listAddress(
  path: string,
  query: { tab?: string; orderRef?: string; sort?: string | undefined; before?: string },
): string {
  const given = Object.entries({ tab: query.tab, q: query.orderRef, sort: query.sort, before: query.before })
  const search = new URLSearchParams(given.flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return search.size === 0 ? path : `${path}?${search}`
}

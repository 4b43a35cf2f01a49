import { readPublicId, type Uuid } from '@/lib/ids'
import { type ReturnState, returnStates } from '@/lib/returns/return-transfer'
import type { RawQuery } from '../../_parts/list-query'

export const RETURNS = '/merchant/unpaid/returns'

/** Which transfers are asked for; what nobody offers is left out. */
export function readReturnQuery({ state, before }: RawQuery): { state?: ReturnState; before?: Uuid } {
  const wanted = returnStates.find((each) => each === state)
  const older = typeof before === 'string' ? readPublicId('ret', before) : undefined
  return { ...(wanted && { state: wanted }), ...(older && { before: older }) }
}

export function returnAddress(path: string, { state, before }: { state?: ReturnState; before?: string }): string {
  const query = new URLSearchParams({ ...(state && { state }), ...(before && { before }) }).toString()
  return query === '' ? path : `${path}?${query}`
}

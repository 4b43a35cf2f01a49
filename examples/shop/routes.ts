import type { Moa } from '../../sdk'
import type { OrderBook } from './order-book'
import type { ShopSettings } from './settings'
import type { Reply, Visit } from './visit'

export interface Shop {
  readonly settings: ShopSettings
  /** Where shoppers reach the shop, without a slash at the end. */
  readonly url: string
  readonly moa: Moa
  readonly book: OrderBook
}

export type Handle = (visit: Visit, params: Readonly<Record<string, string>>) => Reply | Promise<Reply>

/** `GET /orders/:id` to what answers it. */
export type Routes = Readonly<Record<string, Handle>>

/** What answers a method and path, with the parts of the path that are named. */
export function findRoute(
  routes: Routes,
  { method, path }: Pick<Visit, 'method' | 'path'>,
): { handle: Handle; params: Record<string, string> } | undefined {
  const parts = path.split('/')
  for (const [line, handle] of Object.entries(routes)) {
    const [wanted = '', pattern = ''] = line.split(' ')
    const names = pattern.split('/')
    if (wanted !== method || names.length !== parts.length) continue
    if (!names.every((name, at) => (name.startsWith(':') ? parts[at] !== '' : name === parts[at]))) continue
    const params = names.flatMap((name, at) => (name.startsWith(':') ? [[name.slice(1), parts[at] ?? '']] : []))
    return { handle, params: Object.fromEntries(params) as Record<string, string> }
  }
  return undefined
}

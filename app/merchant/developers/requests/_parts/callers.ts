import type { Desk } from '@/app/_glue/desk'
import type { Uuid } from '@/lib/ids'

export interface Caller {
  readonly kind: 'key' | 'client' | 'application'
  readonly name: string
}

const MOST_APPLICATIONS = 200

/** What the shop calls its own keys, clients and applications, by their identifiers. */
export async function callersOf({ gateway, merchant }: Desk): Promise<ReadonlyMap<Uuid, Caller>> {
  const [keys, clients, applications] = await Promise.all([
    gateway.merchants.apiKeys(merchant.id),
    gateway.oauth.clients(merchant.id),
    gateway.openService.list({ merchantId: merchant.id, limit: MOST_APPLICATIONS }),
  ])
  return new Map<Uuid, Caller>([
    ...keys.map(({ id, name }) => [id, { kind: 'key', name }] as const),
    ...clients.map(({ id, name }) => [id, { kind: 'client', name }] as const),
    ...applications.map(({ id, name }) => [id, { kind: 'application', name }] as const),
  ])
}

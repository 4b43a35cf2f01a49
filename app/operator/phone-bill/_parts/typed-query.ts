import { type IdKind, readPublicId, type Uuid } from '@/lib/ids'

export type RawQuery = Readonly<Record<string, string | string[] | undefined>>

/** What the address of a list says: whom somebody looks for, and after whom it goes on. */
export function readQuery({ q, after }: RawQuery, prefix: IdKind): { text: string; after: Uuid | undefined } {
  return {
    text: typeof q === 'string' ? q.normalize('NFC').trim().slice(0, 100) : '',
    after: typeof after === 'string' ? readPublicId(prefix, after) : undefined,
  }
}

export function listAddress(path: string, query: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))}`
}

import { z } from 'zod'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { listHref, searched } from '@/app/operator/people/_parts/list-query'
import type { Uuid } from '@/lib/ids'

/** Which deliveries are looked for, and where the pages before ended, of each list. */
export interface CourierPlace {
  readonly search?: string | undefined
  readonly open?: Uuid | undefined
  /** Of the cash that is to be given back. */
  readonly owed?: Uuid | undefined
  /** Of what couriers have handed in. */
  readonly report?: Uuid | undefined
}

export function readPlace({ q, after, owed, report }: RawQuery): CourierPlace {
  const mark = (text: unknown) => z.uuid().safeParse(text).data
  return { search: searched({ q: String(q ?? '') }), open: mark(after), owed: mark(owed), report: mark(report) }
}

/** The page with every list at its place. */
export function placeHref({ search, open, owed, report }: CourierPlace): string {
  return listHref('/courier', { q: search, after: open, owed, report })
}

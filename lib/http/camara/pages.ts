import { z } from 'zod'
import { CamaraError } from './camara-error'

/** The parts of a query that both lists have; dates are named after what is listed. */
export const pageQuery = {
  page: z
    .string()
    .regex(/^-?[0-9]{1,9}$/)
    .optional(),
  perPage: z
    .string()
    .regex(/^-?[0-9]{1,9}$/)
    .optional(),
  order: z.enum(['asc', 'desc']).optional(),
  merchantIdentifier: z.string().max(100).optional(),
}

export const dateParameter = z.iso.datetime({ offset: true }).optional()

const LARGEST_PAGE = 100
// Beyond this nobody reads; the database would count its way there.
const LAST_PAGE = 10_000

export interface Asked {
  readonly page?: string | undefined
  readonly perPage?: string | undefined
  readonly order?: 'asc' | 'desc' | undefined
  readonly merchantIdentifier?: string | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
}

/**
 * One page of a list, as it was asked for: pages are counted from 1, ten to a page and newest first unless said otherwise.
 * With a beginning only, the list ends now.
 */
export function readPage(
  { page = '1', perPage = '10', order = 'desc', merchantIdentifier, from, until }: Asked,
  now: Date,
  wrongRange: 'CARRIER_BILLING.INVALID_DATE_RANGE' | 'CARRIER_BILLING_REFUND.INVALID_DATE_RANGE',
) {
  const wanted = { page: Number(page), perPage: Number(perPage) }
  if (wanted.page < 1 || wanted.page > LAST_PAGE || wanted.perPage < 1 || wanted.perPage > LARGEST_PAGE) {
    throw new CamaraError('OUT_OF_RANGE')
  }
  const beginning = from === undefined ? undefined : new Date(from)
  const end = until === undefined ? beginning && now : new Date(until)
  if (beginning && end && beginning > end) throw new CamaraError(wrongRange)
  return {
    ...wanted,
    order,
    ...(merchantIdentifier !== undefined && { merchantIdentifier }),
    ...(beginning && { from: beginning }),
    ...(end && { until: end }),
  }
}

/** The headers of a page: how many there are in all, and the place of the last one on it. */
export function pageHeaders(
  { page, perPage }: { page: number; perPage: number },
  shown: number,
  total: number,
): Record<string, string> {
  return {
    'x-total-count': String(total),
    ...(shown > 0 && { 'content-last-key': String((page - 1) * perPage + shown) }),
  }
}

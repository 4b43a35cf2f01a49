import type { Database } from '../db/database'
import { readPublicId, type Uuid } from '../ids'
import {
  findMessages,
  type LoggedMessage,
  type MessagePlace,
  type MessageWish,
  placeAfter,
  referencesOf,
} from './message-store'

/** What an operator asks of the transaction log. */
export interface MessageQuery extends Omit<MessageWish, 'names' | 'notBelow'> {
  /** A payment's id as people see it (pay_…), a TID, or the reference of one exchange. */
  readonly name?: string
  readonly limit: number
}

export interface MessagePage {
  readonly messages: readonly LoggedMessage[]
  /** Where the next page begins; undefined at the end of the range. */
  readonly next?: MessagePlace
  /** The page is short because so much was looked through: going on may find more. */
  readonly partial: boolean
}

/** So many messages are looked through for one page: a tenth of a second; whoever looks for a needle goes on page by page. */
const MOST_LOOKED_AT = 50_000

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A page of the log, the newest first. Answers quickly however long the range and however rare what is looked for. */
export async function searchMessages({ pool }: Database, query: MessageQuery): Promise<MessagePage> {
  const { name, limit, ...wish } = query
  const names = name === undefined ? undefined : await namesOf(name)
  const narrows = [wish.link, wish.system, wish.process, wish.direction, wish.result, wish.text].some(
    (part) => part !== undefined,
  )
  const notBelow = narrows && !names ? await placeAfter(pool, wish, MOST_LOOKED_AT) : undefined
  const found = await findMessages(pool, { ...wish, ...(names && { names }), ...(notBelow && { notBelow }) }, limit + 1)
  const messages = found.slice(0, limit)
  const last = messages.at(-1)
  if (found.length > limit && last) return { messages, next: { at: last.at, id: last.id }, partial: false }
  return { messages, ...(notBelow && { next: notBelow }), partial: notBelow !== undefined }

  async function namesOf(typed: string): Promise<{ correlations: string[]; payments: Uuid[] }> {
    const paymentId = readPublicId('pay', typed) ?? (UUID.test(typed) ? typed : undefined)
    if (!paymentId) return { correlations: [typed], payments: [] }
    return { correlations: [typed, ...(await referencesOf(pool, paymentId))], payments: [paymentId] }
  }
}

import { withoutCardNumbers } from '../cards/mask-card-number'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { LinkMessage } from '../gateways/link-observer'
import { type Uuid, uuidAt } from '../ids'
import { insertMessages, type MessageRow } from './message-store'
import { createWriteBehind, writable, type WriteBehind } from './write-behind'

/** Takes down every message that crosses a link. */
export type TransactionLog = WriteBehind<LinkMessage>

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  /** web | api | worker */
  readonly processName: string
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** Longer than any message of a link; a webhook's body may be longer. */
const LONGEST_BODY = 4_000

interface Waiting {
  readonly message: LinkMessage
  readonly at: Date
  readonly id: Uuid
}

export function createTransactionLog({ database, clock, processName, report }: Parts): TransactionLog {
  const log = createWriteBehind<Waiting>({
    name: 'transaction-log',
    write: (taken) => insertMessages(database.pool, taken.map(rowOf)),
    report,
  })

  function rowOf({ message, at, id }: Waiting): MessageRow {
    return {
      at: at.toISOString(),
      id,
      process: processName,
      link: message.link,
      system: writable(message.system),
      direction: message.direction,
      operation: message.operation,
      correlation: message.correlation,
      payment_id: message.paymentId,
      result: message.result && writable(message.result),
      duration_ms: message.durationMs,
      body: bodyOf(message),
    }
  }

  return {
    ...log,
    add(message) {
      const at = clock.now()
      // Ordered within a millisecond too: an answer stands after its request.
      log.add({ message, at, id: uuidAt(at) })
    },
  }
}

function bodyOf({ body }: LinkMessage): string | undefined {
  if (!body) return undefined
  try {
    return writable(withoutCardNumbers(body().slice(0, LONGEST_BODY)))
  } catch {
    return '(unreadable)'
  }
}

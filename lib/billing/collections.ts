import type pg from 'pg'
import type { Clock } from '../clock'
import type { BillingCentres, RemoteFile } from '../gateways/billing-centre/billing-centre'
import { uuidAt } from '../ids'
import {
  addLines,
  applyLines,
  beginReading,
  closeCollection,
  collectionsToApply,
  endReading,
  findCollection,
} from './collection-store'
import { type CollectionLine, readCollectionFile, readCollectionName } from './files/collection-file'
import { BrokenFile } from './files/layout'

// Enough that a call to the database is worth its way, few enough that a payment is not locked for long.
const LINES_AT_ONCE = 200

export interface CollectionParts {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly centres: BillingCentres
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/**
 * Reads the collection files that are new at a centre. A file counts only once it has been read to its end and its trailer
 * agrees; a broken one is reported, and read anew when the centre has replaced it.
 */
export async function readCollections(
  centre: string,
  found: readonly RemoteFile[],
  parts: CollectionParts,
): Promise<void> {
  for (const { name, stamp } of found) {
    if (readCollectionName(name)?.centre !== centre) continue
    const known = await findCollection(parts.pool, { centre, name })
    if (known && known.state !== 'reading' && (known.state !== 'broken' || known.stamp === stamp)) continue
    const heard = await parts.centres.within(centre, ({ stream }) =>
      readOne({ centre, name }, stamp, stream(name), parts),
    )
    if (heard.kind === 'no-answer') return
  }
}

async function readOne(
  place: { centre: string; name: string },
  stamp: string,
  content: AsyncIterable<Uint8Array>,
  { pool, clock, report }: CollectionParts,
): Promise<void> {
  await beginReading(pool, place, stamp, clock.now())
  let kept = 0
  let waiting: CollectionLine[] = []
  const keep = async () => {
    await addLines(pool, place, kept + 1, waiting)
    kept += waiting.length
    waiting = []
  }
  try {
    const whole = await readCollectionFile(content, async (line) => {
      if (waiting.push(line) === LINES_AT_ONCE) await keep()
    })
    await keep()
    await endReading(pool, place, whole)
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error
    await endReading(pool, place, { broken: error.message })
    report('collection-file-broken', { ...place, reason: error.message })
  }
}

/** Applies what has been read, line by line, each once; lines of payments that are being refunded wait for the next time. */
export async function applyCollections(centre: string, { pool, clock, report }: CollectionParts): Promise<void> {
  for (const file of await collectionsToApply(pool, centre)) {
    let looked: number | null = 0
    while (looked !== null) {
      const at = clock.now()
      const ids = Array.from({ length: LINES_AT_ONCE }, () => uuidAt(at))
      looked = await applyLines(pool, file, looked, ids, at)
    }
    if (await closeCollection(pool, file, clock.now())) {
      report('collection-file-applied', { centre, name: file.name, lines: file.lines })
    }
  }
}

import type pg from 'pg'
import { type CallReference, callReference } from '../call-reference'
import type { Clock } from '../clock'

/** Draws references for requests to outside systems. */
export interface References {
  draw(): Promise<CallReference>
  /** Several at once, as one piece. */
  drawMany(count: number): Promise<CallReference[]>
}

// A process takes trace numbers a thousand at a time, so that the database is asked once per thousand requests, and lets
// a block go after 20 s: the ring of a million comes round to a number again only after every block of that age is dead,
// up to 50,000 requests a second over all processes.
const BLOCK = 1000
const BLOCK_LIVES_MS = 20_000
const RING = 1_000_000

export function createReferences(pool: pg.Pool, clock: Clock): References {
  let next = 0
  let left = 0
  let diesAt = 0
  let drawing: Promise<void> | undefined

  async function drawBlock(): Promise<void> {
    const { rows } = await pool.query<{ first: number }>({
      name: 'draw_trace_block',
      text: 'select draw_trace_block($1) as first',
      values: [BLOCK],
    })
    next = rows[0]!.first
    left = BLOCK
    diesAt = clock.now().getTime() + BLOCK_LIVES_MS
  }

  async function drawMany(count: number): Promise<CallReference[]> {
    const drawn: CallReference[] = []
    while (drawn.length < count) {
      if (left === 0 || clock.now().getTime() >= diesAt) {
        drawing ??= drawBlock().finally(() => (drawing = undefined))
        await drawing
        continue
      }
      drawn.push(callReference(clock.now(), next))
      next = (next + 1) % RING
      left -= 1
    }
    return drawn
  }

  return { drawMany, draw: async () => (await drawMany(1))[0]! }
}

import type pg from 'pg'
import type { Clock } from '../clock'
import type { References } from '../db/references'
import type { CutOverTotals, Issuers } from '../gateways/issuer/issuer'
import { publicId, uuidAt } from '../ids'
import type { Currency } from '../money/currency'
import { type CutOver, insertDifference, keptTotals, lastCutOver, readTotals, saveCutOver, unclosedOf } from './store'
import { addMovedLines, merchantIds, totalsOfMerchant } from './totals-store'

export interface CutOverParts {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly references: Pick<References, 'draw'>
  readonly issuers: Pick<Issuers, 'cutOver'>
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** What is on its way at one asking has arrived at the next: only who differs so often differs. */
const TRIES = 3

const PARTS = ['completions', 'refunds', 'reversals'] as const
const NOTHING: CutOverTotals = {
  ...{ completions: { count: 0, amount: 0n }, refunds: { count: 0, amount: 0n } },
  reversals: { count: 0, amount: 0n },
}

/**
 * Compares our totals with an issuer's (0500): everything since the last time that both agreed. A difference is listed with
 * the payments that it may come from, and the next cut-over waits until people have closed it; then its words count, and
 * the issuer's totals are taken for what they are.
 * @param due whether a new cut-over may begin
 * @returns where the cut-over stands then; undefined where none is due
 */
export async function cutOver(
  issuer: string,
  currency: Currency,
  due: boolean,
  parts: CutOverParts,
): Promise<CutOver['state'] | undefined> {
  const { pool, clock } = parts
  const last = await lastCutOver(pool, issuer, currency)
  const at = clock.now()
  if (!last || last.state === 'in-balance') {
    if (!due) return undefined
    return ask(begun(issuer, currency, last?.until ?? new Date(0), at), parts)
  }
  if (last.state === 'asked') return ask(last, parts)
  if ((await unclosedOf(pool, last.id)) > 0 || !last.theirs) return last.state
  const agreed = subtract(readTotals(last.theirs), readTotals(last.ours))
  return ask({ ...last, state: 'asked', tries: 0, carried: keptTotals(add(agreed, carriedOf(last))) }, parts)
}

function begun(system: string, currency: Currency, from: Date, at: Date): CutOver {
  const nothing = { ours: keptTotals(NOTHING), theirs: null, carried: {}, tries: 0, at }
  return { id: uuidAt(at), link: 'issuer', system, currency, state: 'asked', from, until: at, ...nothing }
}

async function ask(wanted: CutOver, parts: CutOverParts): Promise<CutOver['state']> {
  const { pool, clock, references, issuers } = parts
  const until = clock.now()
  const window = { issuer: wanted.system, currency: wanted.currency, from: wanted.from, until }
  let ours = carriedOf(wanted)
  for (const merchantId of await merchantIds(pool)) ours = add(ours, await totalsOfMerchant(pool, merchantId, window))
  const asked = { ...wanted, until, ours: keptTotals(ours), at: until, tries: wanted.tries + 1 }
  await saveCutOver(pool, asked)
  const reference = await references.draw()
  const said = await issuers.cutOver({ issuer: wanted.system, currency: wanted.currency, reference, totals: ours })
  if (said.kind === 'no-answer') {
    await saveCutOver(pool, { ...asked, tries: wanted.tries })
    return 'asked'
  }
  const answered = { ...asked, theirs: keptTotals(said.theirs) }
  const isOut = !said.inBalance && asked.tries >= TRIES
  const state = said.inBalance ? 'in-balance' : isOut ? 'out-of-balance' : 'asked'
  if (isOut) await list(answered, ours, said.theirs, parts)
  await saveCutOver(pool, { ...answered, state })
  return state
}

/** Lists what differs. Where money does, every movement of the cut-over is a line: payouts that hold one of them wait. */
async function list(asked: CutOver, ours: CutOverTotals, theirs: CutOverTotals, parts: CutOverParts): Promise<void> {
  const { pool, clock, report } = parts
  const net = ({ completions, refunds }: CutOverTotals) => completions.amount - refunds.amount
  const isMoney = !isSame(ours.completions, theirs.completions) || !isSame(ours.refunds, theirs.refunds)
  const at = clock.now()
  const id = uuidAt(at)
  const detail = Object.fromEntries(
    PARTS.flatMap((part) => [
      [`${part}.ours`, `${ours[part].count} / ${ours[part].amount}`],
      [`${part}.theirs`, `${theirs[part].count} / ${theirs[part].amount}`],
    ]),
  )
  const { system, currency, from, until } = asked
  const isNew = await insertDifference(pool, {
    ...{ id, reconciliationId: asked.id, link: 'issuer', system, currency, at, detail },
    ...{ reference: `${publicId('dif', asked.id)}.${until.toISOString()}`, kind: isMoney ? 'money' : 'reversals' },
    ...(isMoney
      ? { ours: net(ours), theirs: net(theirs) }
      : { ours: ours.reversals.amount, theirs: theirs.reversals.amount }),
  })
  if (!isNew) return
  report('issuer-out-of-balance', { issuer: system, currency, difference: id })
  if (!isMoney) return
  for (const merchantId of await merchantIds(pool)) {
    await addMovedLines(pool, id, merchantId, { issuer: system, currency, from, until })
  }
}

const isSame = (a: { count: number; amount: bigint }, b: { count: number; amount: bigint }) =>
  a.count === b.count && a.amount === b.amount

function carriedOf({ carried }: CutOver): CutOverTotals {
  return readTotals({ ...keptTotals(NOTHING), ...carried })
}

function each(
  a: CutOverTotals,
  b: CutOverTotals,
  of: (x: { count: number; amount: bigint }, y: { count: number; amount: bigint }) => { count: number; amount: bigint },
): CutOverTotals {
  return {
    completions: of(a.completions, b.completions),
    refunds: of(a.refunds, b.refunds),
    reversals: of(a.reversals, b.reversals),
  }
}

const add = (a: CutOverTotals, b: CutOverTotals) =>
  each(a, b, (x, y) => ({ count: x.count + y.count, amount: x.amount + y.amount }))
const subtract = (a: CutOverTotals, b: CutOverTotals) =>
  each(a, b, (x, y) => ({ count: x.count - y.count, amount: x.amount - y.amount }))

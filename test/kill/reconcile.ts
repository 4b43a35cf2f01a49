import { retrievalReference } from '../../lib/gateways/issuer/messages'
import type { CallReference } from '../../lib/call-reference'
import { verifyBooks } from '../../lib/ledger/verify'
import type { LegState } from '../../lib/payments/leg-moves'
import { finalStates, type PaymentState } from '../../lib/payments/payment-moves'
import type { ChargeView } from '../../simulators/issuers/book-view'
import { ISSUERS } from '../../simulators/issuers/catalogue'
import type { House } from './house'

interface LegRow {
  readonly reference: CallReference
  readonly issuer: string
  readonly amount: string
  readonly captured: string
  readonly refunded: string
  readonly state: LegState
  readonly payment: string
  readonly payment_state: PaymentState
}

/** More movements than any run makes. */
const ALL = 1_000_000

/**
 * Holds our books against themselves, and against the books that the issuers keep, movement by movement and in sum.
 * An empty list means that everything agrees to the last unit (P2.1 … P2.9).
 */
export async function reconcile(house: House): Promise<string[]> {
  const faults = (await verifyBooks(house.owner)).map(
    ({ promise, sentence, example }) => `${promise} ${sentence} ${example}`,
  )
  faults.push(...(await storedFaults(house)))
  const legs = await readLegs(house)
  for (const { code } of ISSUERS) {
    const ofIssuer = legs.filter(({ issuer }) => issuer === code)
    faults.push(...(await movementFaults(house, code, ofIssuer)), ...(await sumFaults(house, code)))
  }
  return faults
}

/** What has to be true of the stored rows once everything has settled. */
async function storedFaults({ owner }: House): Promise<string[]> {
  const questions: Readonly<Record<string, string>> = {
    'is not final': `select order_ref as example from payment where not state = any($1)`,
    'was paid more than once': `select order_ref as example from payment where state = 'paid' and $1::text[] is not null
      group by merchant_id, order_ref having count(*) > 1`,
    'was not reported to its shop exactly once': `select p.order_ref as example from payment p where p.state = any($1)
      and 1 <> (select count(*) from message m where m.merchant_id = p.merchant_id and m.payment_id = p.id
        and m.kind = 'webhook' and m.topic = case p.state when 'paid' then 'payment.paid' else 'payment.failed' end)
      and exists (select from leg l where l.merchant_id = p.merchant_id and l.payment_id = p.id)`,
  }
  const faults: string[] = []
  for (const [sentence, sql] of Object.entries(questions)) {
    const { rows } = await owner.query<{ example: string }>(sql, [finalStates])
    faults.push(...rows.map(({ example }) => `order ${example} ${sentence}`))
  }
  return faults
}

async function readLegs({ owner }: House): Promise<LegRow[]> {
  const { rows } = await owner.query<LegRow>(
    `select l.authorize_reference as reference, l.means->>'issuer' as issuer, l.amount, l.captured_amount as captured,
       l.refunded_amount as refunded, l.state, p.order_ref as payment, p.state as payment_state
     from leg l join payment p on p.merchant_id = l.merchant_id and p.id = l.payment_id`,
  )
  return rows
}

/** Every hold and charge of an issuer has its leg, and every leg the hold and charge that its state promises. */
async function movementFaults({ outside }: House, issuer: string, legs: readonly LegRow[]): Promise<string[]> {
  const code = ISSUERS.find((each) => each.code === issuer)!.code
  const { holds, charges } = await outside.book(code, { limit: ALL })
  const legOf = new Map(legs.map((leg) => [retrievalReference(leg.reference), leg]))
  const chargesOf = new Map<string, ChargeView[]>()
  for (const charge of charges) chargesOf.set(charge.rrn, [...(chargesOf.get(charge.rrn) ?? []), charge])

  const faults: string[] = []
  for (const { rrn, state } of holds) {
    const leg = legOf.get(rrn)
    if (!leg) faults.push(`${issuer} has a hold ${rrn} that we know nothing of`)
    else if (state === 'held' && leg.payment_state !== 'authorized') faults.push(`${describe(leg)}, but is still held`)
  }
  for (const [rrn, leg] of legOf) {
    const made = chargesOf.get(rrn) ?? []
    const charged = made.map(({ amount }) => amount).join('+')
    const givenBack = made.map(({ refunded }) => refunded).join('+')
    const expected = leg.state === 'captured' ? [leg.captured, leg.refunded] : [leg.amount, leg.amount]
    const isCharged = leg.state === 'captured' || leg.state === 'returned'
    if (!isCharged && made.length > 0) faults.push(`${describe(leg)}, but was charged ${charged}`)
    if (isCharged && (charged !== expected[0] || givenBack !== expected[1])) {
      faults.push(`${describe(leg)}, but was charged ${charged || 'nothing'} and given back ${givenBack || 'nothing'}`)
    }
  }
  for (const rrn of chargesOf.keys())
    if (!legOf.has(rrn)) faults.push(`${issuer} has a charge ${rrn} that we know nothing of`)
  return faults

  function describe(leg: LegRow): string {
    return `order ${leg.payment} is ${leg.payment_state} and its leg at ${issuer} ${leg.state}`
  }
}

/** What an issuer owes us in our ledger is what it has charged and not given back in its own. */
async function sumFaults({ owner, outside }: House, issuer: string): Promise<string[]> {
  const code = ISSUERS.find((each) => each.code === issuer)!.code
  const { rows } = await owner.query<{ owed: string }>(
    'select coalesce(sum(amount), 0)::text as owed from entry where account = $1',
    [`receivable:${issuer}`],
  )
  const { totals } = await outside.book(code, { limit: 1 })
  const theirs = BigInt(totals.completions.amount) - BigInt(totals.refunds.amount)
  const ours = BigInt(rows[0]!.owed)
  return ours === theirs ? [] : [`${issuer} owes us ${ours} in our ledger and ${theirs} in its own`]
}

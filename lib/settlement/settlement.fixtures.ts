import { uuidAt, type Uuid } from '../ids'
import type { Gateway } from '../gateway'
import { plainTerms, type SettlementTerms } from './terms'

const ALICE = { id: '00000000-0000-7000-8000-00000000a11c', name: '오세린', role: 'owner' }
const BOB = { id: '00000000-0000-7000-8000-000000000b0b', name: '문하람', role: 'operator' }

/** Agrees on terms: paid every day for what was taken until now, unless others are wanted. */
export async function agree(
  { settlement }: Gateway,
  merchantId: Uuid,
  wanted: Partial<SettlementTerms> = {},
): Promise<void> {
  const agreed = await settlement.agree({
    ...plainTerms(merchantId, wanted.currency ?? 'KRW', 'Asia/Seoul'),
    delayDays: 0,
    ...wanted,
  })
  if (agreed.kind !== 'agreed') throw new Error(`terms of a test were refused: ${agreed.fault}`)
}

/** An account that two people have agreed on; its number. */
export async function anAccount(
  { settlement }: Gateway,
  merchantId: Uuid,
  number = `9003${String(Math.floor(Math.random() * 1e10)).padStart(10, '0')}`,
): Promise<string> {
  const proposed = await settlement.proposeAccount({
    ...{ merchantId, currency: 'KRW', bank: 'gaon', number, holder: '달그릇 주식회사', by: ALICE },
  })
  if (proposed.kind !== 'proposed') throw new Error(`an account of a test was refused: ${proposed.fault}`)
  await settlement.decideAccount(merchantId, proposed.id, { agreed: true, by: BOB })
  return number
}

/** Books something for a merchant as if a payment had brought it: positive amounts are owed to it. */
export async function booked(
  { database: { pool }, clock }: Gateway,
  merchantId: Uuid,
  amount: bigint,
  { kind = 'collection', paymentId }: { kind?: string; paymentId?: Uuid } = {},
): Promise<Uuid> {
  const at = clock.now()
  const id = uuidAt(at)
  await pool.query(`select insert_postings($1)`, [
    JSON.stringify([
      {
        ...{ merchantId, paymentId: paymentId ?? null },
        postings: [
          {
            ...{ id, kind, at },
            entries: [
              { line: 0, account: 'receivable:hanbit', currency: 'KRW', amount: amount.toString() },
              { line: 1, account: 'payable:merchant', currency: 'KRW', amount: (-amount).toString() },
            ],
          },
        ],
      },
    ]),
  ])
  return id
}

/** Runs the jobs of settlement until nothing is left to do. */
export async function settled({ settlement }: Gateway): Promise<void> {
  while (await settlement.settleDue()) continue
  while (await settlement.orderDue()) continue
  await settlement.readAnswers()
}

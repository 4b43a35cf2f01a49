import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startGateway } from '../../test/gateway'
import { uuidAt } from '../ids'
import { NO_MERCHANT } from '../messages/message'
import { aStatement, type WrittenLine } from './statements.fixtures'

const RUNS = Number(process.env['STATEMENT_RUNS'] ?? 12)
const DAY_MS = 86_400_000
let now = new Date('2026-02-01T00:00:00.000Z')
const { gateway, outside } = await startGateway({ clock: { now: () => new Date(now) } })
const { statements, database } = gateway

/** A credit of our books, and how the bank tells of it; otherwise: by so much more. */
const credit = fc.record({
  amount: fc.bigInt({ min: 1n, max: 9_000_000n }),
  told: fc.constantFrom('once', 'once', 'once', 'twice', 'otherwise', 'not'),
  more: fc.bigInt({ min: 1n, max: 5_000n }),
})
const stranger = fc.bigInt({ min: -800_000n, max: 800_000n }).filter((amount) => amount !== 0n)

let runs = 0

test('whatever a bank tells and leaves out: each movement is found once, each other line is one difference, and the balance is explained to the last won', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(credit, { maxLength: 25 }),
      fc.array(stranger, { maxLength: 5 }),
      fc.bigInt({ min: -1_000_000n, max: 1_000_000_000n }),
      async (credits, strangers, opening) => {
        const run = runs++
        const from = new Date(now.getTime())
        now = new Date(from.getTime() + DAY_MS / 2)
        const named = credits.map((each, index) => ({ ...each, ref: `R${run}-${index}` }))
        for (const { ref, amount } of named) await inOurBooks(ref, amount)
        const lines: WrittenLine[] = [
          ...named.flatMap(({ ref, amount, told, more }) => {
            const line = { ref, amount: told === 'otherwise' ? amount + more : amount }
            return told === 'not' ? [] : told === 'twice' ? [line, line] : [line]
          }),
          ...strangers.map((amount, index) => ({ ref: `X${run}-${index}`, amount })),
        ]
        const shuffled = fc.sample(fc.shuffledSubarray(lines, { minLength: lines.length }), {
          numRuns: 1,
          seed: run,
        })[0]!
        // A statement reaches two days on, so that what came half a day ago has to be in it.
        now = new Date(from.getTime() + DAY_MS)
        const period = [from.toISOString(), new Date(now.getTime() + DAY_MS).toISOString()] as const
        const name = `P${run}.camt053.xml`
        await outside.putOut('gaon', name, aStatement({ id: `P${run}`, opening, lines: shuffled, period }))
        for (let look = 0; look < 3; look++) await statements.readDue()

        const count = (told: string) => named.filter((each) => each.told === told).length
        const twice = count('twice')
        expect(await statements.find({ bank: 'gaon', name })).toMatchObject({
          ...{ state: 'compared', matched: count('once') + twice },
          listed: twice + count('otherwise') + strangers.length,
        })
        const differences = await ofThisRun(run)
        const kinds = (kind: string) => differences.filter((each) => each.kind === kind).length
        expect({
          ...{
            double: kinds('double'),
            differs: kinds('differs'),
            unknown: kinds('unknown'),
            missing: kinds('missing'),
          },
        }).toEqual({
          ...{ double: twice, differs: count('otherwise'), unknown: strangers.length, missing: count('not') },
        })
        const ours = named.reduce((sum, { amount }) => sum + amount, 0n)
        const gaps = differences.reduce((sum, each) => sum + each.theirs - each.ours, 0n)
        expect(ours + gaps).toBe(lines.reduce((sum, { amount }) => sum + amount, 0n))
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  )
})

/** A credit that came by giro and that nobody's bill was found for: the plainest movement of our books. */
async function inOurBooks(ref: string, amount: bigint): Promise<void> {
  await database.pool.query(
    `insert into giro_credit (merchant_id, id, bank, bank_ref, amount, currency, applied, owed, unassigned, finding, booked_on,
       remittance, payer_name, payer_account, told, came_at, changed_at)
     values ($1, $2, 'gaon', $3, $4::bigint, 'KRW', 0, 0, $4::bigint, 'no-reference', $5::timestamptz::date, '', '', '', true, $5::timestamptz, $5::timestamptz)`,
    [NO_MERCHANT, uuidAt(now), ref, amount, now],
  )
}

async function ofThisRun(run: number): Promise<{ kind: string; ours: bigint; theirs: bigint }[]> {
  const { rows } = await database.pool.query<{ kind: string; ours: bigint; theirs: bigint }>(
    `select kind, ours, theirs from difference where reference like $1 or reference like $2`,
    [`P${run}.camt053.xml:%`, `giro:R${run}-%`],
  )
  return rows
}

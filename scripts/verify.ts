import pg from 'pg'
import { checks, verifyBooks } from '../lib/ledger/verify'
import { runScript } from './complaint'
import { databaseForCommand } from './database-for-command'

/** `npm run verify`: proves the money invariants on a live database; the exit code is 1 when one does not hold. */
async function verify(): Promise<number> {
  const database = await databaseForCommand()
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  try {
    const faults = await verifyBooks(pool)
    for (const { promise, sentence, example } of faults) console.log(`${promise}  ${sentence}  (${example})`)
    console.log(
      faults.length === 0
        ? `The books hold: ${checks.length} checks found nothing.`
        : `The books do not hold: ${faults.length} faults.`,
    )
    return faults.length === 0 ? 0 : 1
  } finally {
    await pool.end()
    await database.release()
  }
}

await runScript(verify)

import { existsSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { z } from 'zod'
import { verifyHeads } from '../lib/audit/verify-heads'
import { checks, type Listener, verifyBooks } from '../lib/ledger/verify'
import { type PublicJwk, readPublicJwk } from '../lib/merchants/merchant-jwk'
import { runScript } from './complaint'
import { chosenDataFolder, inDataFolder } from './data-folder'
import { databaseForCommand } from './database-for-command'

/**
 * `npm run verify`: proves the money invariants and the audit trail on a live database; the exit code is 1 when one does not
 * hold.
 */
async function verify(): Promise<number> {
  const keys = signatureKeys()
  const database = await databaseForCommand()
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  try {
    const started = performance.now()
    const faults = [...(await verifyBooks(pool, progress)), ...(keys.length > 0 ? await verifyHeads(pool, keys) : [])]
    for (const { promise, sentence, example } of faults) console.log(`${promise}  ${sentence}  (${example})`)
    console.log(
      faults.length === 0
        ? `The books hold: ${checks.length} checks found nothing.`
        : `The books do not hold: ${faults.length} faults.`,
    )
    const peak = Math.round(process.resourceUsage().maxRSS / 1024)
    console.log(`That took ${seconds(performance.now() - started)}; this process used ${peak} MB.`)
    if (keys.length === 0) console.log('Signatures under the audit trail were not checked: SIGNING_KEYS is not set.')
    return faults.length === 0 ? 0 : 1
  } finally {
    await pool.end()
    await database.release()
  }
}

/** Names what is being asked before it is answered, so that a long question is not taken for a stopped program. */
const progress: Listener = {
  asked: ({ promise, sentence }, place) =>
    process.stdout.write(`${String(place).padStart(2)} of ${checks.length}  ${promise}  ${sentence} `),
  answered: (_, found, milliseconds) =>
    process.stdout.write(`${found === 0 ? 'None' : 'FOUND'}, ${seconds(milliseconds)}\n`),
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

const privateKeys = z.array(z.looseObject({ d: z.string() }))
const secretsFile = z.looseObject({ SIGNING_KEYS: z.string() })

/** The gateway's public signature keys by its settings: those of SIGNING_KEYS, else the demo's whose database is verified. */
function signatureKeys(): PublicJwk[] {
  const text = process.env.SIGNING_KEYS ?? (process.env.DATABASE_URL ? undefined : demoKeys())
  if (text === undefined) return []
  return privateKeys.parse(JSON.parse(text)).flatMap(({ d: _, key_ops: __, ext: ___, ...published }) => {
    const read = readPublicJwk(published)
    return read.kind === 'read' ? [read.jwk] : []
  })
}

function demoKeys(): string | undefined {
  const { secrets } = inDataFolder(chosenDataFolder())
  return existsSync(secrets) ? secretsFile.parse(JSON.parse(readFileSync(secrets, 'utf8'))).SIGNING_KEYS : undefined
}

await runScript(verify)

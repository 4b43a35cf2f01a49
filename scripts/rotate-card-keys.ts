/** `npm run cards:rotate-keys`: seals every card number with the first of CARD_KEYS, beside running payments. */
import { rotateKeys } from '../lib/cards/rotate-keys'
import { createVault } from '../lib/cards/vault'
import { DurabilityOff, openDatabase } from '../lib/db/database'
import { UnusableEnvironment, readSettings } from '../lib/env'

// Small enough that the progress moves, large enough that reading a batch costs little beside sealing it.
const BATCH = 500

async function main(): Promise<void> {
  const settings = readSettings()
  const vault = createVault({ sealing: settings.CARD_KEYS, fingerprint: settings.FINGERPRINT_KEY })
  const database = await openDatabase(settings.DATABASE_URL, { connections: 2 })
  try {
    console.log(`Sealing card numbers with the key "${vault.keyId}" …`)
    let done = 0
    for (;;) {
      const { resealed, left } = await rotateKeys(database, vault, BATCH)
      done += resealed
      console.log(`${done} sealed again, ${left} left`)
      if (left === 0) break
    }
    console.log(
      'Done. The older keys can be taken out of CARD_KEYS once every process has been restarted with the new one.',
    )
  } finally {
    await database.close()
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof UnusableEnvironment || error instanceof DurabilityOff)) throw error
  console.error(error.message)
  process.exitCode = 2
}

/**
 * `npm run cards:rotate-keys`: seals every card, account and telephone number, every address, every secret of an authenticator app,
 * and every key that webhooks are signed with, with the first of CARD_KEYS, beside running payments.
 */
import { rotateAddresses } from '../lib/addresses/rotate-addresses'
import { createAccountKeeping } from '../lib/accounts/account-keeping'
import { createSecondFactors } from '../lib/auth/second-factors'
import { createSessions } from '../lib/auth/sessions'
import { createBankAccounts } from '../lib/bank-accounts/bank-accounts'
import { createLineVault } from '../lib/billing/line-vault'
import { rotateNumbers } from '../lib/camara/rotate-numbers'
import { rotateKeys } from '../lib/cards/rotate-keys'
import { rotateMandates } from '../lib/direct-debit/rotate-mandates'
import { createVault, type Vault } from '../lib/cards/vault'
import { systemClock } from '../lib/clock'
import { type Database, DurabilityOff, openDatabase } from '../lib/db/database'
import { type Settings, UnusableEnvironment, readSettings } from '../lib/env'
import { rotatePayerAccounts } from '../lib/giro/rotate-payer-accounts'
import { createEndpoints } from '../lib/merchants/endpoints'
import { createOpenService } from '../lib/open-service/open-service'
import { rotatePayoutAccounts } from '../lib/settlement/rotate-payout-accounts'
import { createOutgoing } from '../lib/messages/outgoing'

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
    for (const [name, rotate] of Object.entries(batchesOf(database, vault, settings))) await drain(name, rotate)
    if (!(await resealWebhookKeys(database, settings))) {
      process.exitCode = 1
      return
    }
    console.log(
      'Done. The older keys can be taken out of CARD_KEYS once every process has been restarted with the new one.',
    )
  } finally {
    await database.close()
  }
}

/** Seals a number of them again; zero when none is left under an older key. */
type Rotate = (batch: number) => Promise<number>

/** What is sealed again batch by batch, by what people call it. */
function batchesOf(database: Database, vault: Vault, settings: Settings): Record<string, Rotate> {
  const clock = systemClock
  const sessions = createSessions({ database, clock })
  return {
    'telephone lines': createLineVault({ database, clock, vault }).rotateKeys,
    'numbers of CAMARA payments': (batch) => rotateNumbers(database, vault, batch),
    'bank accounts that shoppers keep': createBankAccounts({ database, clock, vault }).rotateKeys,
    'accounts of direct debits': (batch) => rotateMandates(database, vault, batch),
    'payout accounts': (batch) => rotatePayoutAccounts(database, vault, batch),
    'accounts of giro payers': (batch) => rotatePayerAccounts(database, vault, batch),
    addresses: (batch) => rotateAddresses(database, vault, batch),
    'secrets of applications': createOpenService({ database, clock, vault }).rotateKeys,
    'micro accounts': createAccountKeeping({ pool: database.pool, vault, clock, zone: settings.TIME_ZONE }).rotateKeys,
    'secrets of authenticator apps': createSecondFactors({ database, clock, vault, sessions, settings }).rotateKeys,
  }
}

async function drain(name: string, rotate: Rotate): Promise<void> {
  let done = 0
  for (let resealed = await rotate(BATCH); resealed > 0; resealed = await rotate(BATCH)) done += resealed
  console.log(`${done} ${name} sealed again`)
}

/** False when a webhook key does not open: its row was changed by hand, or an older key is missing from CARD_KEYS. */
async function resealWebhookKeys(database: Database, settings: Settings): Promise<boolean> {
  const endpoints = createEndpoints({ database, clock: systemClock, settings, outgoing: createOutgoing() })
  let done = 0
  for (;;) {
    const { resealed, failed } = await endpoints.reseal(BATCH)
    done += resealed
    if (resealed > 0) continue
    console.log(`${done} webhook endpoints sealed again, ${failed.length} could not be opened`)
    if (failed.length > 0)
      console.error(`Keep the older keys, and rotate the keys of these endpoints: ${failed.join(', ')}`)
    return failed.length === 0
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof UnusableEnvironment || error instanceof DurabilityOff)) throw error
  console.error(error.message)
  process.exitCode = 2
}

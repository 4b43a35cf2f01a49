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
    await resealLines(database, vault)
    await resealBatches(database, vault)
    await resealSecrets(database, vault)
    await resealAccounts(database, vault, settings)
    await resealAuthenticators(database, vault, settings)
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

async function resealSecrets(database: Database, vault: Vault): Promise<void> {
  const openService = createOpenService({ database, clock: systemClock, vault })
  let done = 0
  for (let resealed = await openService.rotateKeys(BATCH); resealed > 0;) {
    done += resealed
    resealed = await openService.rotateKeys(BATCH)
  }
  console.log(`${done} secrets of applications sealed again`)
}

async function resealAuthenticators(database: Database, vault: Vault, settings: Settings): Promise<void> {
  const sessions = createSessions({ database, clock: systemClock })
  const secondFactors = createSecondFactors({ database, clock: systemClock, vault, sessions, settings })
  let done = 0
  for (let resealed = await secondFactors.rotateKeys(BATCH); resealed > 0;) {
    done += resealed
    resealed = await secondFactors.rotateKeys(BATCH)
  }
  console.log(`${done} secrets of authenticator apps sealed again`)
}

async function resealLines(database: Database, vault: Vault): Promise<void> {
  const lines = createLineVault({ database, clock: systemClock, vault })
  let done = 0
  for (let resealed = await lines.rotateKeys(BATCH); resealed > 0; resealed = await lines.rotateKeys(BATCH)) {
    done += resealed
  }
  console.log(`${done} telephone lines sealed again`)
  let numbers = 0
  for (let resealed = await rotateNumbers(database, vault, BATCH); resealed > 0;) {
    numbers += resealed
    resealed = await rotateNumbers(database, vault, BATCH)
  }
  console.log(`${numbers} numbers of CAMARA payments sealed again`)
  const bankAccounts = createBankAccounts({ database, clock: systemClock, vault })
  let kept = 0
  for (let resealed = await bankAccounts.rotateKeys(BATCH); resealed > 0;) {
    kept += resealed
    resealed = await bankAccounts.rotateKeys(BATCH)
  }
  console.log(`${kept} bank accounts that shoppers keep sealed again`)
}

/** What is sealed again batch by batch, by what people call it. */
const BATCHES = {
  'accounts of direct debits': rotateMandates,
  'payout accounts': rotatePayoutAccounts,
  'accounts of giro payers': rotatePayerAccounts,
  addresses: rotateAddresses,
}

async function resealBatches(database: Database, vault: Vault): Promise<void> {
  for (const [name, rotate] of Object.entries(BATCHES)) {
    let done = 0
    for (let resealed = await rotate(database, vault, BATCH); resealed > 0;) {
      done += resealed
      resealed = await rotate(database, vault, BATCH)
    }
    console.log(`${done} ${name} sealed again`)
  }
}

async function resealAccounts({ pool }: Database, vault: Vault, { TIME_ZONE: zone }: Settings): Promise<void> {
  const accounts = createAccountKeeping({ pool, vault, clock: systemClock, zone })
  let done = 0
  for (let resealed = await accounts.rotateKeys(BATCH); resealed > 0; resealed = await accounts.rotateKeys(BATCH)) {
    done += resealed
  }
  console.log(`${done} micro accounts sealed again`)
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

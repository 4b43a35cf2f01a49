/** A worker that does nothing but billing: makes a file when it is told to, and carries every file on until it is killed. */
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '../../lib/clock'
import { openDatabase } from '../../lib/db/database'
import { createBillingFiles } from '../../lib/billing/billing-files'
import { centreSettings, vaultOf } from '../../lib/billing/centre.fixtures'
import { connectBillingCentres } from '../../lib/gateways/billing-centre/sftp-billing-centres'

export interface BillingVictimSettings {
  readonly databaseUrl: string
  readonly sftpPort: number
  readonly folder: string
  readonly vaultKey: string
}

const PAUSE_MS = 20

async function main({ databaseUrl, sftpPort, folder, vaultKey }: BillingVictimSettings): Promise<void> {
  const centres = [centreSettings(sftpPort)]
  const billing = createBillingFiles({
    database: await openDatabase(databaseUrl, { allowVolatile: true, connections: 4 }),
    clock: systemClock,
    vault: vaultOf(vaultKey),
    settings: { BILLING_CENTRES: centres, BILLING_DIR: folder, GATEWAY_ID: 'MOA00001' },
    centres: connectBillingCentres(centres, { clock: systemClock }),
    report: () => undefined,
  })
  console.log('ready')
  for await (const _ of createInterface(process.stdin)) break
  await billing.claimNow('BARAM')
  for (;;) {
    await billing.writeDue()
    await billing.sendWritten()
    await billing.readResults()
    await pause(PAUSE_MS)
  }
}

await main(JSON.parse(process.argv[2] ?? '') as BillingVictimSettings)

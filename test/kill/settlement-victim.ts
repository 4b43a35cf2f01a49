/** A worker that does nothing but settlement: carries payouts to the bank and its answers back until it is killed. */
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { createVault } from '../../lib/cards/vault'
import { systemClock } from '../../lib/clock'
import { openDatabase } from '../../lib/db/database'
import type { BankFilesSettings } from '../../lib/link-settings'
import { connectBankFiles } from '../../lib/gateways/bank-files/bank-files'
import { createSettlement } from '../../lib/settlement/settlement'

export interface SettlementVictimSettings {
  readonly databaseUrl: string
  readonly banks: readonly BankFilesSettings[]
  readonly keys: readonly { readonly id: string; readonly key: string }[]
  readonly fingerprint: string
}

const PAUSE_MS = 20

async function main({ databaseUrl, banks, keys, fingerprint }: SettlementVictimSettings): Promise<void> {
  const settlement = createSettlement({
    database: await openDatabase(databaseUrl, { allowVolatile: true, connections: 2 }),
    clock: systemClock,
    vault: createVault({
      sealing: keys.map(({ id, key }) => ({ id, key: Buffer.from(key, 'base64') })),
      fingerprint: Buffer.from(fingerprint, 'base64'),
    }),
    settings: { BANK_FILES: [...banks], SETTLEMENT_AT: '04:00' },
    links: connectBankFiles(banks, { clock: systemClock }),
    report: () => undefined,
  })
  console.log('ready')
  for await (const _ of createInterface(process.stdin)) break
  for (;;) {
    await settlement.settleDue()
    await settlement.orderDue()
    await settlement.readAnswers()
    await pause(PAUSE_MS)
  }
}

await main(JSON.parse(process.argv[2] ?? '') as SettlementVictimSettings)

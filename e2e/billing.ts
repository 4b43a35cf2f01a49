import pg from 'pg'
import type { OutsideWorldClient } from '../simulators/client'
import { BILLING_CENTRES } from '../simulators/billing-centre/catalogue'
import { expect } from './fixtures'

const CENTRE = BILLING_CENTRES[0]?.code ?? ''

/**
 * Brings the night forward: makes the billing centre's next file, as the worker does at the set time, and waits until it
 * has arrived with a purchase in it.
 * @param tid the payment's identifier, a UUID
 */
export async function bill(outsideWorld: OutsideWorldClient, tid: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    await client.query(`select claim_billing_file($1, 'MOA00001', 'Asia/Seoul', 'KRW', null, now(), 100000)`, [CENTRE])
  } finally {
    await client.end()
  }
  await expect
    .poll(async () => (await outsideWorld.bills(CENTRE)).some((each) => each.tid === tid), { timeout: 30_000 })
    .toBe(true)
}

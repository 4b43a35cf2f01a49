import { createHmac, timingSafeEqual } from 'node:crypto'
import { publicId, type Uuid } from '../ids'

/** What is behind a statement's address: whoever has it may see what is to be paid, as whoever holds the letter. */
function statementKey(secret: string, merchantId: Uuid, billId: Uuid): string {
  const mac = createHmac('sha256', secret).update(`giro-statement ${merchantId} ${billId}`)
  return mac.digest('base64url').slice(0, 22)
}

export function isStatementKey(secret: string, merchantId: Uuid, billId: Uuid, key: string): boolean {
  const [right, given] = [Buffer.from(statementKey(secret, merchantId, billId)), Buffer.from(key)]
  return right.length === given.length && timingSafeEqual(right, given)
}

/** Where the statement of a bill is shown to whoever was sent it. */
export function statementUrl(
  { WEB_URL, SESSION_SECRET }: { readonly WEB_URL: string; readonly SESSION_SECRET: string },
  merchantId: Uuid,
  billId: Uuid,
): string {
  const key = statementKey(SESSION_SECRET, merchantId, billId)
  return `${WEB_URL}/statement/${publicId('mer', merchantId)}/${publicId('gir', billId)}?key=${key}`
}

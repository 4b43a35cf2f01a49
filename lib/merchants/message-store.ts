import type pg from 'pg'
import type { Evidence as EvidenceRow, Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { PublicJwk } from './merchant-jwk'

type Tx = Prisma.TransactionClient

/**
 * Remembers the name of a message until it can no longer be accepted anyway.
 * @returns false when it was seen before: a replay
 */
export async function insertSeen(pool: pg.Pool, tenantId: Uuid, name: string, until: Date): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'insert_seen_message',
    text: 'insert into seen_message (merchant_id, jti, expires_at) values ($1, $2, $3) on conflict do nothing',
    values: [tenantId, name, until],
  })
  return rowCount === 1
}

export async function insertEvidence(tx: Tx, row: Omit<EvidenceRow, 'key'> & { key?: PublicJwk }): Promise<void> {
  await tx.evidence.create({ data: row })
}

export async function findMerchantOfEvidence(tx: Tx, paymentId: Uuid): Promise<Uuid | undefined> {
  return (await tx.evidence.findFirst({ where: { paymentId }, select: { merchantId: true } }))?.merchantId
}

export async function findEvidence(tx: Tx, merchantId: Uuid, paymentId: Uuid): Promise<EvidenceRow[]> {
  return tx.evidence.findMany({ where: { merchantId, paymentId }, orderBy: { id: 'asc' } })
}

export type ClaimedAnswer = { kind: 'claimed' } | { kind: 'answered'; answer: string } | { kind: 'differs' }

/**
 * Claims the right to answer a message, or finds the answer that was given. A claim whose owner died is claimed again:
 * what follows it has to be safe to repeat.
 */
export async function claimAnswer(
  tx: Tx,
  { merchantId, name, fingerprint, now }: { merchantId: Uuid; name: string; fingerprint: Buffer; now: Date },
): Promise<ClaimedAnswer> {
  const print = new Uint8Array(fingerprint)
  const { count } = await tx.idempotencyKey.createMany({
    data: [{ merchantId, key: name, fingerprint: print, createdAt: now }],
    skipDuplicates: true,
  })
  if (count === 1) return { kind: 'claimed' }
  const held = await tx.idempotencyKey.findUnique({ where: { merchantId_key: { merchantId, key: name } } })
  if (held && !fingerprint.equals(held.fingerprint)) return { kind: 'differs' }
  return typeof held?.body === 'string' ? { kind: 'answered', answer: held.body } : { kind: 'claimed' }
}

/** The answer once given to exactly this message. */
export async function findAnswer(
  tx: Tx,
  { merchantId, name, fingerprint }: { merchantId: Uuid; name: string; fingerprint: Buffer },
): Promise<string | undefined> {
  const held = await tx.idempotencyKey.findUnique({ where: { merchantId_key: { merchantId, key: name } } })
  return held && typeof held.body === 'string' && fingerprint.equals(held.fingerprint) ? held.body : undefined
}

/** Keeps the first answer: whoever answers second is given the first one's. */
export async function keepAnswer(tx: Tx, merchantId: Uuid, name: string, answer: string): Promise<string> {
  await tx.idempotencyKey.updateMany({
    where: { merchantId, key: name, status: null },
    data: { status: 200, body: answer },
  })
  const held = await tx.idempotencyKey.findUnique({ where: { merchantId_key: { merchantId, key: name } } })
  return typeof held?.body === 'string' ? held.body : answer
}

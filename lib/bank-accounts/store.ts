import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'

type Tx = Prisma.TransactionClient

interface SealedColumns {
  readonly sealed: Uint8Array<ArrayBuffer>
  readonly keyId: string
}

export interface BankAccountRow extends SealedColumns {
  readonly shopperId: Uuid
  readonly id: Uuid
  readonly bank: string
  readonly lastFour: string
  readonly consentAt: Date
}

/** Locks a shopper's accounts, so that their number can be bounded. */
export async function lockBankAccounts(tx: Tx, shopperId: Uuid): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('bank accounts ' || ${shopperId}::text, 0))`
}

/** The latest first. */
export async function findBankAccounts(tx: Tx, shopperId: Uuid): Promise<BankAccountRow[]> {
  return tx.savedBankAccount.findMany({ where: { shopperId }, orderBy: [{ consentAt: 'desc' }, { id: 'desc' }] })
}

export async function findBankAccount(tx: Tx, shopperId: Uuid, id: Uuid): Promise<BankAccountRow | undefined> {
  return (await tx.savedBankAccount.findUnique({ where: { shopperId_id: { shopperId, id } } })) ?? undefined
}

/** The same account of the same shopper, if it is kept already. */
export async function findSameAccount(
  tx: Tx,
  shopperId: Uuid,
  fingerprint: Uint8Array<ArrayBuffer>,
): Promise<Uuid | undefined> {
  const row = await tx.savedBankAccount.findUnique({
    where: { shopperId_fingerprint: { shopperId, fingerprint } },
    select: { id: true },
  })
  return row?.id
}

/** Writes an account; kept anew, what was typed last counts. */
export async function putBankAccount(
  tx: Tx,
  row: BankAccountRow & { readonly fingerprint: Uint8Array<ArrayBuffer> },
): Promise<void> {
  const { shopperId, id, sealed, keyId, consentAt } = row
  await tx.savedBankAccount.upsert({
    where: { shopperId_id: { shopperId, id } },
    create: row,
    update: { sealed, keyId, consentAt },
  })
}

export async function countBankAccounts(tx: Tx, shopperId: Uuid): Promise<number> {
  return tx.savedBankAccount.count({ where: { shopperId } })
}

/** Nothing leans on a kept account: it is gone when it is removed. */
export async function deleteBankAccount(tx: Tx, shopperId: Uuid, id: Uuid): Promise<boolean> {
  const { count } = await tx.savedBankAccount.deleteMany({ where: { shopperId, id } })
  return count === 1
}

/** Some of those that another key than this one has sealed. */
export async function findSealedByOthers(tx: Tx, keyId: string, limit: number): Promise<BankAccountRow[]> {
  return tx.savedBankAccount.findMany({ where: { keyId: { not: keyId } }, take: limit })
}

/** Replaces what is sealed, unless somebody else has sealed it anew or removed it meanwhile. */
export async function reseal(tx: Tx, { shopperId, id, keyId }: BankAccountRow, sealed: SealedColumns): Promise<void> {
  await tx.savedBankAccount.updateMany({ where: { shopperId, id, keyId }, data: sealed })
}

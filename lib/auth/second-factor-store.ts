import type pg from 'pg'
import type { Authenticator as AuthenticatorRow, Passkey as PasskeyRow, Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { TokenHash } from './session-store'

type Tx = Prisma.TransactionClient
type Bytes = Uint8Array<ArrayBuffer>

/** A new secret that waits for its first code. False when the person's app is in use: that one is not touched. */
export async function saveAuthenticator(
  tx: Tx,
  { personId, ...sealed }: { personId: Uuid; sealedSecret: Bytes; keyId: string },
  now: Date,
): Promise<boolean> {
  const fresh = { ...sealed, createdAt: now, lastStep: 0n }
  const { count } = await tx.authenticator.updateMany({ where: { personId, confirmedAt: null }, data: fresh })
  if (count === 1) return true
  const created = await tx.authenticator.createMany({ data: [{ personId, ...fresh }], skipDuplicates: true })
  return created.count === 1
}

export async function findAuthenticator(tx: Tx, personId: Uuid): Promise<AuthenticatorRow | undefined> {
  return (await tx.authenticator.findUnique({ where: { personId } })) ?? undefined
}

/** Takes a code's time step, once: false when it, or a later one, was taken before (RFC 6238, 5.2). The first makes the app count. */
export async function takeStep(
  tx: Tx,
  { personId, step, now }: { personId: Uuid; step: number; now: Date },
): Promise<boolean> {
  const count = await tx.$executeRaw`update authenticator set last_step = ${step},
    confirmed_at = coalesce(confirmed_at, ${now}) where person_id = ${personId}::uuid and last_step < ${step}`
  return count === 1
}

export async function removeAuthenticator(tx: Tx, personId: Uuid): Promise<boolean> {
  const { count } = await tx.authenticator.deleteMany({ where: { personId } })
  return count === 1
}

export function findPasskeys(tx: Tx, personId: Uuid): Promise<PasskeyRow[]> {
  return tx.passkey.findMany({ where: { personId }, orderBy: { createdAt: 'asc' } })
}

export async function insertPasskey(tx: Tx, passkey: PasskeyRow): Promise<boolean> {
  const { publicKey, ...rest } = passkey
  const data = { ...rest, publicKey: new Uint8Array(publicKey) }
  const { count } = await tx.passkey.createMany({ data: [data], skipDuplicates: true })
  return count === 1
}

/** False when it was removed meanwhile. */
export async function notePasskeyUse(
  tx: Tx,
  { personId, credentialId, counter, now }: { personId: Uuid; credentialId: string; counter: number; now: Date },
): Promise<boolean> {
  const used = { counter, lastUsedAt: now }
  return (await tx.passkey.updateMany({ where: { personId, credentialId }, data: used })).count === 1
}

export async function removePasskey(tx: Tx, personId: Uuid, credentialId: string): Promise<boolean> {
  const { count } = await tx.passkey.deleteMany({ where: { personId, credentialId } })
  return count === 1
}

/** The codes in place of all earlier ones. */
export async function replaceRecoveryCodes(tx: Tx, personId: Uuid, hashes: readonly Bytes[], now: Date): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { personId } })
  await tx.recoveryCode.createMany({ data: hashes.map((codeHash) => ({ personId, codeHash, createdAt: now })) })
}

/** Uses a code up. */
export async function takeRecoveryCode(tx: Tx, personId: Uuid, codeHash: Bytes): Promise<boolean> {
  const { count } = await tx.recoveryCode.deleteMany({ where: { personId, codeHash } })
  return count === 1
}

export function countRecoveryCodes(tx: Tx, personId: Uuid): Promise<number> {
  return tx.recoveryCode.count({ where: { personId } })
}

/** Since when the person has a second factor, by what is there now: whoever has none left logs in by password alone. */
export async function markSecondFactor(tx: Tx, personId: Uuid, now: Date): Promise<void> {
  await tx.$executeRaw`update person set second_factor_since = case
      when exists (select from authenticator a where a.person_id = person.id and a.confirmed_at is not null)
        or exists (select from passkey p where p.person_id = person.id) then coalesce(second_factor_since, ${now})
      end where id = ${personId}::uuid`
}

export async function saveChallenge(tx: Tx, tokenHash: TokenHash, challenge: string): Promise<void> {
  await tx.session.updateMany({ where: { tokenHash }, data: { challenge } })
}

/** The challenge that was given to this session, which is used up by asking. */
export async function takeChallenge(pool: pg.Pool, tokenHash: TokenHash): Promise<string | undefined> {
  const { rows } = await pool.query<{ challenge: string }>(
    `update session set challenge = null from (select token_hash, challenge from session where token_hash = $1 for update) old
      where session.token_hash = old.token_hash returning old.challenge`,
    [tokenHash],
  )
  return rows[0]?.challenge ?? undefined
}

/** Secrets that another key than this sealed. */
export function findSealedOtherwise(tx: Tx, keyId: string, limit: number): Promise<AuthenticatorRow[]> {
  return tx.authenticator.findMany({ where: { keyId: { not: keyId } }, take: limit })
}

/** Unless a new secret has taken its place meanwhile. */
export async function saveResealed(
  tx: Tx,
  { personId, keyId }: AuthenticatorRow,
  sealed: { sealedSecret: Bytes; keyId: string },
): Promise<void> {
  await tx.authenticator.updateMany({ where: { personId, keyId }, data: sealed })
}

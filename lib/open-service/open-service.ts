import type { Vault } from '../cards/vault'
import { type Clock, DAY_MS, later } from '../clock'
import { createBatch } from '../db/batch'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import type { Application, ApplicationCaller, ListedApplication, Permissions, Tariff } from './application'
import { hashSecret, hintOf, isDigestOf, looksLikeSecret, newSecret, type PasswordDigest } from './secrets'
import {
  type ApplicationSearch,
  countLive,
  deleteTariff,
  endSecrets,
  findApplications,
  findCallers,
  findSealedByOthers,
  findTariff,
  findTariffs,
  type FoundCaller,
  insertApplication,
  insertNonces,
  insertSecret,
  isLive,
  noteUse,
  putTariff,
  replaceSealed,
  revokeRow,
  setPermissions,
} from './store'

/** A secret that was replaced stays good so long, so that an application's servers can be given the new one in turn. */
const OLD_SECRET_LIVES_MS = DAY_MS
/** How far a digest's time may be from ours, either way (P5.2). */
export const DIGEST_WINDOW_MS = 300_000
// More programs than this of one merchant are not told apart by people.
const MOST_APPLICATIONS = 50
// A contract has few prices; more are a sign of a program that writes them.
const MOST_TARIFFS = 200
const USE_NOTED_EVERY_MS = 60_000
// Calls that wait at the same moment are looked up together; two lookups at once keep either from waiting long.
const LOOKUPS = { calls: 2, largest: 64, order: () => '' }

/**
 * The framework of the open API (M-77): applications, the secrets by which they are known, and what each of them may do.
 * The merchant's owner makes an application and holds its secret; the operator says what it may do.
 */
export interface OpenService {
  /** @returns the secret too, this once; the application may do nothing yet */
  create(
    merchantId: Uuid,
    name: string,
  ): Promise<
    { kind: 'created'; application: Application; secret: string } | { kind: 'refused'; reason: 'too-many-applications' }
  >
  /**
   * A new secret. The one before stays good for a day, or not at all.
   * @returns undefined when there is no such live application
   */
  rotate(place: { merchantId: Uuid; id: Uuid }, oldOne: 'stays-a-day' | 'ends-now'): Promise<string | undefined>
  /** Takes effect on the next call. Without a merchant: by the operator. False when there is no such live application. */
  revoke(place: { id: Uuid; merchantId?: Uuid }): Promise<boolean>
  list(search: ApplicationSearch): Promise<ListedApplication[]>
  find(applicationId: Uuid): Promise<ListedApplication | undefined>
  /** For the operator alone. */
  allow(applicationId: Uuid, permissions: Permissions): Promise<boolean>

  tariffs(applicationId: Uuid): Promise<Tariff[]>
  tariff(applicationId: Uuid, code: string): Promise<Tariff | undefined>
  /** False when there are too many. */
  setTariff(applicationId: Uuid, tariff: Tariff): Promise<boolean>
  removeTariff(applicationId: Uuid, code: string): Promise<boolean>

  /** The application that knows this secret; undefined tells nothing of why not. */
  bySecret(secret: string): Promise<ApplicationCaller | undefined>
  /** The application that made this digest, just now and for the first time. */
  byDigest(applicationId: Uuid, shown: PasswordDigest & { readonly createdAt: Date }): Promise<DigestResult>

  /** Seals a batch of secrets again with the key in use; how many, zero when none is left. */
  rotateKeys(batch: number): Promise<number>
}

/** unknown: an application that is not there, and a digest that is wrong or was shown before, are not told apart. */
export type DigestResult = { kind: 'known'; caller: ApplicationCaller } | { kind: 'unknown' } | { kind: 'out-of-time' }

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
}

export function createOpenService({ database, clock, vault }: Parts): OpenService {
  const { pool, prisma } = database
  const noted = new Map<Uuid, number>()

  const findBySecret = createBatch<Buffer, FoundCaller | undefined>(async (hashes) => {
    const found = await findCallers(pool, { hashes }, clock.now())
    return hashes.map((hash) => found.find((each) => each.hash.equals(hash)))
  }, LOOKUPS)
  const findById = createBatch<Uuid, FoundCaller[]>(async (applicationIds) => {
    const found = await findCallers(pool, { applicationIds: [...new Set(applicationIds)] }, clock.now())
    return applicationIds.map((id) => found.filter(({ secret }) => secret.applicationId === id))
  }, LOOKUPS)
  const isFirst = createBatch((nonces: Parameters<typeof insertNonces>[1]) => insertNonces(pool, nonces), LOOKUPS)

  async function issue(applicationId: Uuid, tx: Parameters<typeof insertSecret>[0], now: Date): Promise<string> {
    const secret = newSecret()
    const id = uuidAt(now)
    const sealed = vault.seal({ kind: 'open-secret', ownerId: applicationId, id }, secret)
    const row = { applicationId, id, ...sealed, hash: hashSecret(secret), hint: hintOf(secret), createdAt: now }
    await insertSecret(tx, row)
    return secret
  }

  async function known({ caller }: FoundCaller): Promise<ApplicationCaller> {
    const { id } = caller.application
    const now = clock.now()
    if ((noted.get(id) ?? 0) + USE_NOTED_EVERY_MS <= now.getTime()) {
      noted.set(id, now.getTime())
      await noteUse(pool, id, now, later(now, -USE_NOTED_EVERY_MS))
    }
    return caller
  }

  return {
    async create(merchantId, name) {
      const now = clock.now()
      const application: Application = {
        ...{ id: uuidAt(now), merchantId, name, createdAt: now },
        ...{ rights: [], reach: 'own' },
      }
      const secret = await database.transaction(async (tx) => {
        if ((await countLive(tx, merchantId)) >= MOST_APPLICATIONS) return undefined
        await insertApplication(tx, application)
        return issue(application.id, tx, now)
      })
      return secret === undefined
        ? { kind: 'refused', reason: 'too-many-applications' }
        : { kind: 'created', application, secret }
    },

    rotate: ({ merchantId, id }, oldOne) =>
      database.transaction(async (tx) => {
        if (!(await isLive(tx, merchantId, id))) return undefined
        const now = clock.now()
        await endSecrets(tx, id, oldOne === 'ends-now' ? now : later(now, OLD_SECRET_LIVES_MS))
        return issue(id, tx, now)
      }),

    revoke: (place) => revokeRow(prisma, place, clock.now()),
    list: (search) => findApplications(prisma, search, clock.now()),
    find: async (id) => (await findApplications(prisma, { id, limit: 1 }, clock.now()))[0],
    allow: (id, permissions) => setPermissions(prisma, id, permissions),

    tariffs: (applicationId) => findTariffs(prisma, applicationId),
    tariff: (applicationId, code) => findTariff(prisma, applicationId, code),
    async setTariff(applicationId, tariff) {
      const others = await findTariffs(prisma, applicationId)
      if (others.length >= MOST_TARIFFS && !others.some(({ code }) => code === tariff.code)) return false
      await putTariff(prisma, applicationId, tariff, clock.now())
      return true
    },
    removeTariff: (applicationId, code) => deleteTariff(prisma, applicationId, code),

    async bySecret(secret) {
      const found = looksLikeSecret(secret) ? await findBySecret(hashSecret(secret)) : undefined
      return found && known(found)
    },

    async byDigest(applicationId, { createdAt, ...shown }) {
      const found = (await findById(applicationId)).find(({ secret: { sealedNumber, keyId, id } }) =>
        isDigestOf(vault.open({ kind: 'open-secret', ownerId: applicationId, id }, { sealedNumber, keyId }), shown),
      )
      if (!found) return { kind: 'unknown' }
      const until = later(createdAt, DIGEST_WINDOW_MS)
      const now = clock.now()
      if (until < now || createdAt > later(now, DIGEST_WINDOW_MS)) return { kind: 'out-of-time' }
      const name = `wsse:${applicationId}:${Buffer.from(shown.nonce).toString('base64url')}`
      const first = await isFirst({ merchantId: found.caller.merchant.id, name, until })
      return first ? { kind: 'known', caller: await known(found) } : { kind: 'unknown' }
    },

    async rotateKeys(batch) {
      const rows = await findSealedByOthers(prisma, vault.keyId, batch)
      for (const row of rows) {
        const place = { kind: 'open-secret', ownerId: row.applicationId, id: row.id } as const
        await replaceSealed(prisma, row, vault.seal(place, vault.open(place, row)))
      }
      return rows.length
    },
  }
}

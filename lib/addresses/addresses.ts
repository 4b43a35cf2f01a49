import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import type { Payment } from '../payments/payment'
import { bindingOfAddress, bindingOfGiven } from './address-binding'
import { type Address, addressInput } from './address'
import {
  deleteAddress,
  findAddresses,
  findGiven,
  findGivenOf,
  findReadings,
  type GivenRow,
  insertAddress,
  keepGiven,
  lockAddresses,
  makeDefault,
  noteReading,
  type Reading,
  revokeGiven,
  updateAddress,
} from './address-store'

export interface SavedAddress {
  readonly id: Uuid
  readonly address: Address
  readonly isDefault: boolean
}

/** An address that a shopper lets one shop read, for one payment. */
export interface GivenAddress {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly address: Address
  readonly consentAt: Date
  readonly revokedAt?: Date
  /** Every time that the shop has read it. */
  readonly readings: readonly Reading[]
}

/** Addresses that shoppers keep, sealed at rest, and what they let shops read of them (M-119 … M-133). */
export interface Addresses {
  /** The default first. */
  list(shopperId: Uuid): Promise<SavedAddress[]>
  find(shopperId: Uuid, id: Uuid): Promise<SavedAddress | undefined>
  /** The first one is the default. */
  add(shopperId: Uuid, address: Address): Promise<{ kind: 'added'; id: Uuid } | { kind: 'too-many' }>
  change(shopperId: Uuid, id: Uuid, address: Address): Promise<boolean>
  makeDefault(shopperId: Uuid, id: Uuid): Promise<boolean>
  remove(shopperId: Uuid, id: Uuid): Promise<boolean>
  /** A copy of the address is sealed for this payment: it stays what it was, whatever becomes of the saved one. */
  give(payment: Payment, address: Address, shopperId?: Uuid): Promise<void>
  given(merchantId: Uuid, paymentId: Uuid): Promise<GivenAddress | undefined>
  /** What a shopper has given to shops, newest first, with every reading. */
  givenBy(shopperId: Uuid, limit: number): Promise<GivenAddress[]>
  /** From now on the shop can no longer read it. False when there was nothing to take back. */
  revoke(shopperId: Uuid, paymentId: Uuid): Promise<boolean>
  /** @param reader who reads: the API key or the person, as the shopper is told */
  read(
    merchantId: Uuid,
    paymentId: Uuid,
    reader: string,
  ): Promise<{ kind: 'read'; address: Address; consentAt: Date } | { kind: 'revoked' } | { kind: 'missing' }>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal' | 'open'>
}

const MOST_ADDRESSES = 30

export function createAddresses({ database, clock, vault }: Parts): Addresses {
  const { prisma } = database

  // The vault seals what is ASCII; an address is in any script.
  const seal = (binding: Parameters<Vault['seal']>[0], address: Address) => {
    const { sealedNumber, keyId } = vault.seal(binding, Buffer.from(JSON.stringify(address)).toString('base64'))
    return { sealed: sealedNumber, keyId }
  }
  const open = (
    binding: Parameters<Vault['open']>[0],
    { sealed, keyId }: { sealed: Uint8Array<ArrayBuffer>; keyId: string },
  ) =>
    addressInput.parse(
      JSON.parse(Buffer.from(vault.open(binding, { sealedNumber: sealed, keyId }), 'base64').toString()),
    )

  async function list(shopperId: Uuid): Promise<SavedAddress[]> {
    const rows = await findAddresses(prisma, shopperId)
    return rows.map((row) => ({
      id: row.id,
      address: open(bindingOfAddress(shopperId, row.id), row),
      isDefault: row.isDefault,
    }))
  }

  async function withReadings(rows: readonly GivenRow[]): Promise<GivenAddress[]> {
    const readings = await findReadings(
      prisma,
      rows.map(({ paymentId }) => paymentId),
    )
    return rows.map((row) => ({
      merchantId: row.merchantId,
      paymentId: row.paymentId,
      address: open(bindingOfGiven(row), row),
      consentAt: row.consentAt,
      ...(row.revokedAt ? { revokedAt: row.revokedAt } : {}),
      readings: readings.filter(({ paymentId }) => paymentId === row.paymentId),
    }))
  }

  return {
    list,
    find: async (shopperId, id) => (await list(shopperId)).find((one) => one.id === id),

    async add(shopperId, address) {
      const createdAt = clock.now()
      const id = uuidAt(createdAt)
      return database.transaction(async (tx) => {
        await lockAddresses(tx, shopperId)
        const held = await findAddresses(tx, shopperId)
        if (held.length >= MOST_ADDRESSES) return { kind: 'too-many' as const }
        const row = { shopperId, id, isDefault: held.length === 0, createdAt }
        await insertAddress(tx, { ...row, ...seal(bindingOfAddress(shopperId, id), address) })
        return { kind: 'added' as const, id }
      })
    },

    change: (shopperId, id, address) =>
      updateAddress(prisma, {
        shopperId,
        id,
        changedAt: clock.now(),
        ...seal(bindingOfAddress(shopperId, id), address),
      }),

    makeDefault: (shopperId, id) =>
      database.transaction(async (tx) => {
        await lockAddresses(tx, shopperId)
        return makeDefault(tx, shopperId, id, clock.now())
      }),

    remove: (shopperId, id) =>
      database.transaction(async (tx) => {
        await lockAddresses(tx, shopperId)
        const isRemoved = await deleteAddress(tx, shopperId, id)
        const [next, ...others] = await findAddresses(tx, shopperId)
        if (next && ![next, ...others].some(({ isDefault }) => isDefault)) {
          await makeDefault(tx, shopperId, next.id, clock.now())
        }
        return isRemoved
      }),

    async give({ merchantId, id: paymentId }, address, shopperId) {
      const row = { merchantId, paymentId }
      await keepGiven(prisma, {
        ...row,
        ...seal(bindingOfGiven(row), address),
        shopperId: shopperId ?? null,
        consentAt: clock.now(),
        revokedAt: null,
      })
    },

    async given(merchantId, paymentId) {
      const row = await findGiven(prisma, merchantId, paymentId)
      return row && (await withReadings([row]))[0]
    },

    givenBy: async (shopperId, limit) => withReadings(await findGivenOf(prisma, shopperId, limit)),
    revoke: (shopperId, paymentId) => revokeGiven(prisma, shopperId, paymentId, clock.now()),

    async read(merchantId, paymentId, reader) {
      const at = clock.now()
      const row = await database.transaction((tx) =>
        noteReading(tx, { id: uuidAt(at), merchantId, paymentId, reader, at }),
      )
      if (row === undefined) return { kind: 'missing' }
      if (row === 'revoked') return { kind: 'revoked' }
      return { kind: 'read', address: open(bindingOfGiven(row), row), consentAt: row.consentAt }
    },
  }
}

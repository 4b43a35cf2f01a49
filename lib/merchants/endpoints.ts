import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import { type Uuid, uuidAt } from '../ids'
import { webhookTopics } from '../messages/message'
import type { Outgoing, UrlFault } from '../messages/outgoing'
import { createEndpointKeys } from './endpoint-keys'
import {
  deleteDisabledEndpoint,
  findEndpoint,
  findEndpoints,
  findListeners,
  findSealedOtherwise,
  insertEndpoint,
  lockEndpoint,
  type StoredEndpoint,
  updateEndpoint,
} from './endpoint-store'
import type { Endpoint } from './merchant'

export type EndpointFault = UrlFault | 'unknown-topic' | 'too-many'

export type SavedEndpoint =
  { kind: 'saved'; endpoint: Endpoint } | { kind: 'refused'; reason: EndpointFault } | { kind: 'missing' }

/** An endpoint as a delivery needs it: with the opened seeds of its keys, the newest first. */
export interface Listener {
  readonly id: Uuid
  readonly url: string
  readonly seeds: readonly Buffer[]
  readonly publicKey: string
}

/** Where merchants want webhooks, and the keys these are signed with; each endpoint has its own. */
export interface Endpoints {
  list(merchantId: Uuid): Promise<Endpoint[]>
  get(merchantId: Uuid, endpointId: Uuid): Promise<Endpoint | undefined>
  create(merchantId: Uuid, wanted: { url: string; topics?: readonly string[] }): Promise<SavedEndpoint>
  /** Switching on again is how a merchant ends a disablement. */
  change(
    merchantId: Uuid,
    endpointId: Uuid,
    changes: { url?: string; topics?: readonly string[]; enabled?: boolean },
  ): Promise<SavedEndpoint>
  /** Forgets a switched-off endpoint and its keys. False when there is none such. */
  remove(merchantId: Uuid, endpointId: Uuid): Promise<boolean>
  /** Adds a new key and keeps the one before: webhooks carry both signatures until the old key is dropped. */
  rotateKey(merchantId: Uuid, endpointId: Uuid): Promise<Endpoint | undefined>
  dropOldKeys(merchantId: Uuid, endpointId: Uuid): Promise<Endpoint | undefined>
  listeners(merchantId: Uuid, topic: string): Promise<Listener[]>
  /**
   * Seals keys again that an older sealing key sealed; part of rotating CARD_KEYS. Call it until nothing is resealed.
   * @returns how many endpoints were done, and the ids of those whose keys do not open
   */
  reseal(limit: number): Promise<{ resealed: number; failed: Uuid[] }>
}

const MOST_ENDPOINTS = 16
const MOST_KEYS = 2

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'CARD_KEYS'>
  readonly outgoing: Pick<Outgoing, 'faultOf'>
}

export function createEndpoints({ database, clock, settings, outgoing }: Parts): Endpoints {
  const { prisma } = database
  const keys = createEndpointKeys(settings)

  function faultOf({ url, topics }: { url?: string | undefined; topics?: readonly string[] | undefined }) {
    const known: readonly string[] = webhookTopics
    if (topics?.some((topic) => !known.includes(topic))) return 'unknown-topic'
    return url === undefined ? undefined : outgoing.faultOf(url)
  }

  async function changeKeys(
    merchantId: Uuid,
    id: Uuid,
    next: (stored: StoredEndpoint) => StoredEndpoint['keys'],
  ): Promise<Endpoint | undefined> {
    return database.transaction(async (tx) => {
      const stored = await lockEndpoint(tx, merchantId, id)
      if (!stored) return undefined
      const changed = { ...stored, keys: next(stored) }
      await updateEndpoint(tx, stored, { keys: changed.keys })
      return shown(changed)
    })
  }

  return {
    list: async (merchantId) => (await findEndpoints(prisma, merchantId)).map(shown),

    async get(merchantId, endpointId) {
      const stored = await findEndpoint(prisma, merchantId, endpointId)
      return stored && shown(stored)
    },

    async create(merchantId, { url, topics = [] }) {
      const fault = faultOf({ url, topics })
      if (fault) return { kind: 'refused', reason: fault }
      if ((await findEndpoints(prisma, merchantId)).length >= MOST_ENDPOINTS)
        return { kind: 'refused', reason: 'too-many' }
      const now = clock.now()
      const place = { merchantId, id: uuidAt(now) }
      const stored = { ...place, url, topics: [...new Set(topics)], keys: [keys.make(place, now)], createdAt: now }
      await insertEndpoint(prisma, stored)
      return { kind: 'saved', endpoint: shown(stored) }
    },

    async change(merchantId, endpointId, { url, topics, enabled }) {
      const fault = faultOf({ url, topics })
      if (fault) return { kind: 'refused', reason: fault }
      return database.transaction(async (tx) => {
        const stored = await lockEndpoint(tx, merchantId, endpointId)
        if (!stored) return { kind: 'missing' as const }
        await updateEndpoint(tx, stored, {
          ...(url === undefined ? {} : { url }),
          ...(topics === undefined ? {} : { topics: [...new Set(topics)] }),
          ...(enabled === undefined ? {} : { disabledAt: enabled ? null : clock.now() }),
        })
        return { kind: 'saved' as const, endpoint: shown((await findEndpoint(tx, merchantId, endpointId))!) }
      })
    },

    remove: (merchantId, endpointId) => deleteDisabledEndpoint(prisma, merchantId, endpointId),

    rotateKey: (merchantId, endpointId) =>
      changeKeys(merchantId, endpointId, (stored) =>
        [keys.make(stored, clock.now()), ...stored.keys].slice(0, MOST_KEYS),
      ),

    dropOldKeys: (merchantId, endpointId) => changeKeys(merchantId, endpointId, (stored) => stored.keys.slice(0, 1)),

    async listeners(merchantId, topic) {
      return (await findListeners(prisma, merchantId, topic)).map((stored) => ({
        id: stored.id,
        url: stored.url,
        seeds: stored.keys.map((key) => keys.open(stored, key)),
        publicKey: stored.keys[0]?.publicKey ?? '',
      }))
    },

    async reseal(limit) {
      const found = await findSealedOtherwise(prisma, keys.keyId, limit)
      const failed: Uuid[] = []
      for (const { merchantId, id } of found) {
        // A row that was tampered with must not keep the others under the old key.
        await changeKeys(merchantId, id, (stored) => stored.keys.map((key) => keys.reseal(stored, key))).catch(() =>
          failed.push(id),
        )
      }
      return { resealed: found.length - failed.length, failed }
    },
  }
}

function shown({ id, url, topics, keys, createdAt, disabledAt }: StoredEndpoint): Endpoint {
  const publicKeys = keys.map(({ publicKey }) => publicKey)
  return { id, url, topics, publicKeys, createdAt, ...(disabledAt ? { disabledAt } : {}) }
}

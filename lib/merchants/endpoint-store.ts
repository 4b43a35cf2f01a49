import type { Prisma, WebhookEndpoint } from '../db/generated/client'
import type { Uuid } from '../ids'
import { storedKeys, type StoredEndpointKey } from './endpoint-keys'

type Tx = Prisma.TransactionClient

/** An endpoint with its sealed keys, the newest first. */
export interface StoredEndpoint {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly url: string
  readonly topics: readonly string[]
  readonly keys: readonly StoredEndpointKey[]
  readonly createdAt: Date
  readonly disabledAt?: Date
}

function endpointFrom({ secrets, disabledAt, ...row }: WebhookEndpoint): StoredEndpoint {
  return { ...row, keys: storedKeys.parse(secrets), ...(disabledAt ? { disabledAt } : {}) }
}

export async function findEndpoints(tx: Tx, merchantId: Uuid): Promise<StoredEndpoint[]> {
  return (await tx.webhookEndpoint.findMany({ where: { merchantId }, orderBy: { id: 'asc' } })).map(endpointFrom)
}

/** The live endpoints that want a topic; no topics at all means every one. */
export async function findListeners(tx: Tx, merchantId: Uuid, topic: string): Promise<StoredEndpoint[]> {
  const rows = await tx.webhookEndpoint.findMany({
    where: { merchantId, disabledAt: null, OR: [{ topics: { has: topic } }, { topics: { isEmpty: true } }] },
    orderBy: { id: 'asc' },
  })
  return rows.map(endpointFrom)
}

export async function findEndpoint(tx: Tx, merchantId: Uuid, id: Uuid): Promise<StoredEndpoint | undefined> {
  const row = await tx.webhookEndpoint.findUnique({ where: { merchantId_id: { merchantId, id } } })
  return row ? endpointFrom(row) : undefined
}

export async function insertEndpoint(tx: Tx, { keys, topics, ...plain }: StoredEndpoint): Promise<void> {
  await tx.webhookEndpoint.create({ data: { ...plain, topics: [...topics], secrets: [...keys] } })
}

/** Locks the row until the transaction ends, so that two changes of its keys do not undo each other. */
export async function lockEndpoint(tx: Tx, merchantId: Uuid, id: Uuid): Promise<StoredEndpoint | undefined> {
  await tx.$queryRaw`select 1 from webhook_endpoint where merchant_id = ${merchantId}::uuid and id = ${id}::uuid for update`
  return findEndpoint(tx, merchantId, id)
}

export interface EndpointUpdate {
  readonly url?: string
  readonly topics?: readonly string[]
  readonly keys?: readonly StoredEndpointKey[]
  readonly disabledAt?: Date | null
}

export async function updateEndpoint(
  tx: Tx,
  { merchantId, id }: StoredEndpoint,
  update: EndpointUpdate,
): Promise<void> {
  const { topics, keys, ...plain } = update
  await tx.webhookEndpoint.updateMany({
    where: { merchantId, id },
    data: { ...plain, ...(topics ? { topics: [...topics] } : {}), ...(keys ? { secrets: [...keys] } : {}) },
  })
}

/** True when it was live until now. */
export async function disableEndpoint(tx: Tx, merchantId: Uuid, id: Uuid, now: Date): Promise<boolean> {
  const { count } = await tx.webhookEndpoint.updateMany({
    where: { merchantId, id, disabledAt: null },
    data: { disabledAt: now },
  })
  return count === 1
}

/** True when there was one that is switched off. */
export async function deleteDisabledEndpoint(tx: Tx, merchantId: Uuid, id: Uuid): Promise<boolean> {
  const { count } = await tx.webhookEndpoint.deleteMany({ where: { merchantId, id, disabledAt: { not: null } } })
  return count === 1
}

/** Endpoints with a key that another key than the given one seals. */
export async function findSealedOtherwise(
  tx: Tx,
  keyId: string,
  limit: number,
): Promise<{ merchantId: Uuid; id: Uuid }[]> {
  const rows = await tx.$queryRaw<{ merchant_id: Uuid; id: Uuid }[]>`
    select merchant_id, id from webhook_endpoint
    where exists (select from jsonb_array_elements(secrets) s where s->>'keyId' <> ${keyId}) limit ${limit}`
  return rows.map(({ merchant_id, id }) => ({ merchantId: merchant_id, id }))
}

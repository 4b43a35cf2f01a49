import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import { flowDocument, type FlowDocument, firstFlow } from './flow-document'
import type { FlowInForce } from './plan-order'

type Tx = Prisma.TransactionClient

export interface FlowVersion extends FlowInForce {
  readonly note: string
  readonly author: string
  readonly createdAt: Date
}

export interface FlowActivation {
  readonly version: number
  readonly by: string
  readonly at: Date
}

type VersionRow = { version: number; document: Prisma.JsonValue; note: string; author: string; createdAt: Date }

const readVersion = ({ document, ...row }: VersionRow): FlowVersion => ({
  ...row,
  document: flowDocument.parse(document),
})

/** The flow that payments which begin now follow. */
export async function findFlowInForce(tx: Tx, merchantId: Uuid): Promise<FlowInForce> {
  const [latest] = await findActivations(tx, merchantId, 1)
  const version = latest && latest.version > 0 ? await findFlowVersion(tx, merchantId, latest.version) : undefined
  return version ?? { version: 0, document: firstFlow }
}

export async function findFlowVersion(tx: Tx, merchantId: Uuid, version: number): Promise<FlowVersion | undefined> {
  const row = await tx.flowVersion.findUnique({ where: { merchantId_version: { merchantId, version } } })
  return row ? readVersion(row) : undefined
}

export async function findFlowVersions(
  tx: Tx,
  merchantId: Uuid,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<FlowVersion[]> {
  const rows = await tx.flowVersion.findMany({
    where: { merchantId, ...(before === undefined ? {} : { version: { lt: before } }) },
    orderBy: { version: 'desc' },
    take: limit,
  })
  return rows.map(readVersion)
}

/** Latest first. */
export async function findActivations(tx: Tx, merchantId: Uuid, limit: number): Promise<FlowActivation[]> {
  return tx.flowActivation.findMany({
    where: { merchantId },
    orderBy: { id: 'desc' },
    take: limit,
    select: { version: true, by: true, at: true },
  })
}

/** Writes the next version; undefined when somebody else has just written one of the same number. */
export async function insertFlowVersion(
  tx: Tx,
  merchantId: Uuid,
  { document, note, author, at }: { document: FlowDocument; note: string; author: string; at: Date },
): Promise<number | undefined> {
  const latest = await tx.flowVersion.aggregate({ where: { merchantId }, _max: { version: true } })
  const version = (latest._max.version ?? 0) + 1
  const { count } = await tx.flowVersion.createMany({
    data: [{ merchantId, version, document, note, author, createdAt: at }],
    skipDuplicates: true,
  })
  return count === 1 ? version : undefined
}

export async function insertActivation(
  tx: Tx,
  row: { merchantId: Uuid; id: Uuid; version: number; by: string; at: Date },
): Promise<void> {
  await tx.flowActivation.create({ data: row })
}

/** How many of a merchant's people have one of the roles. */
export async function countMembers(tx: Tx, merchantId: Uuid, roles: readonly string[]): Promise<number> {
  return tx.membership.count({ where: { merchantId, role: { in: [...roles] } } })
}

import { z } from 'zod'
import type { Prisma } from '../db/generated/client'
import { firstUuidAt, type Uuid } from '../ids'
import type { AuditEvent, AuditFilter } from './audit'

type Tx = Prisma.TransactionClient

const actor = z.object({
  kind: z.enum(['person', 'api-key', 'shop']),
  id: z.string(),
  name: z.string(),
  role: z.string(),
  from: z.string().optional(),
})
const detail = z.record(z.string(), z.string())

export async function insertAuditEvent(tx: Tx, { actor, detail, ...event }: AuditEvent): Promise<void> {
  await tx.auditEvent.create({ data: { ...event, actor: { ...actor }, ...(detail ? { detail } : {}) } })
}

export async function findAuditEvents(
  tx: Tx,
  tenantId: Uuid,
  { action, outcome, object, since, before, limit }: AuditFilter,
): Promise<AuditEvent[]> {
  const rows = await tx.auditEvent.findMany({
    where: {
      tenantId,
      ...(action ? { action } : {}),
      ...(outcome ? { outcome } : {}),
      ...(object ? { object } : {}),
      id: { ...(since ? { gte: firstUuidAt(since) } : {}), ...(before ? { lt: before } : {}) },
    },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    tenantId: row.tenantId,
    actor: actor.parse(row.actor),
    action: row.action,
    object: row.object,
    outcome: row.outcome,
    ...(row.detail === null ? {} : { detail: detail.parse(row.detail) }),
  }))
}

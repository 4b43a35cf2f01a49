import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'

type Connection = Prisma.TransactionClient

export interface WalletOrderRow {
  readonly means: readonly string[]
  readonly preferred: string | null
}

export async function findWalletOrder(tx: Connection, shopperId: Uuid): Promise<WalletOrderRow | undefined> {
  return (await tx.walletOrder.findUnique({ where: { shopperId } })) ?? undefined
}

/** Writes what is said and leaves the rest as it is; two writers at once do not undo each other. */
export async function keepWalletOrder(
  tx: Connection,
  shopperId: Uuid,
  { means, preferred, changedAt }: { means?: readonly string[]; preferred?: string | null; changedAt: Date },
): Promise<void> {
  const said = { ...(means && { means: [...means] }), ...(preferred !== undefined && { preferred }), changedAt }
  await tx.walletOrder.upsert({
    where: { shopperId },
    create: { shopperId, ...said, means: [...(means ?? [])] },
    update: said,
  })
}

import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { SignatureContract } from './merchant'

type Tx = Prisma.TransactionClient

const COLUMNS = {
  ...{ signedLink: true, confirmation: true, signedCancel: true, confirmationLine: true, refundBeyondBalance: true },
} as const

/** A word that we do not know must never weaken a contract. */
export async function findContract(tx: Tx, merchantId: Uuid): Promise<SignatureContract | undefined> {
  const row = await tx.merchant.findUnique({ where: { id: merchantId }, select: COLUMNS })
  if (!row) return undefined
  return {
    signedLink: asked(row.signedLink),
    confirmation: asked(row.confirmation),
    signedCancel: asked(row.signedCancel),
    confirmationLine: row.confirmationLine === 'public' ? 'public' : 'mutual',
    refundBeyondBalance: row.refundBeyondBalance === 'allow' ? 'allow' : 'queue',
  }
}

export async function updateContract(tx: Tx, merchantId: Uuid, contract: SignatureContract): Promise<void> {
  await tx.merchant.update({ where: { id: merchantId }, data: contract })
}

const asked = (word: string) => (word === 'none' ? 'none' : 'required')

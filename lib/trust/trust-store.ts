import { z } from 'zod'
import type { Prisma } from '../db/generated/client'
import { invariant } from '../invariant'
import { fingerprintOf } from './server-chain'

type Tx = Prisma.TransactionClient

/** The certificate of an authority's key: the first one that was ever kept for it, whichever process made it. */
export async function keepAuthority(tx: Tx, kid: string, made: Uint8Array, createdAt: Date): Promise<Buffer> {
  const certificate = Uint8Array.from(made)
  await tx.authority.createMany({ data: [{ kid, certificate, createdAt }], skipDuplicates: true })
  const kept = await tx.authority.findUnique({ where: { kid } })
  invariant(kept, 'what was just kept is there')
  return Buffer.from(kept.certificate)
}

/** A certificate that we gave one of our own keys. */
export interface GatewayCertificate {
  readonly purpose: 'signature' | 'encryption'
  readonly kid: string
  /** Public members only. */
  readonly jwk: Readonly<Record<string, unknown>>
  readonly x5c: readonly string[]
  readonly validFrom: Date
  readonly validUntil: Date
}

export async function insertGatewayCertificate(
  tx: Tx,
  certificate: GatewayCertificate,
  createdAt: Date,
): Promise<void> {
  const { jwk, x5c, ...plain } = certificate
  const fingerprint = fingerprintOf(Buffer.from(x5c[0] ?? '', 'base64'))
  await tx.gatewayCertificate.createMany({
    data: [{ ...plain, fingerprint, jwk: { ...jwk } as Prisma.InputJsonObject, x5c: [...x5c], createdAt }],
    skipDuplicates: true,
  })
}

const jwk = z.record(z.string(), z.unknown())

/** The newest first. */
export async function findGatewayCertificates(tx: Tx): Promise<GatewayCertificate[]> {
  const rows = await tx.gatewayCertificate.findMany({ orderBy: [{ validUntil: 'desc' }, { kid: 'asc' }] })
  return rows.map(({ purpose, kid, x5c, validFrom, validUntil, ...row }) => ({
    purpose: purpose === 'encryption' ? 'encryption' : 'signature',
    kid,
    jwk: jwk.parse(row.jwk),
    x5c,
    validFrom,
    validUntil,
  }))
}

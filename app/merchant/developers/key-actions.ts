'use server'

import { z } from 'zod'
import { type Desk, noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { DAY_MS, later } from '@/lib/clock'
import { readJson } from '@/lib/json'
import type { AuthorityUse, SignatureContract } from '@/lib/merchants/merchant'
import type { AddedKey } from '@/lib/merchants/merchant-keys'
import { fieldsOf } from '../_parts/typed'
import { refused } from './refused'

const HERE = '/merchant/developers'
const DONE: DeedAnswer = { kind: 'done' }

const keyForm = z.object({
  key: z.string().trim().max(20_000),
  kid: z.string().trim().max(64).default(''),
  days: z.coerce.number().int().min(1).max(730),
})
const issueForm = z.object({ jwk: z.string().max(2_000), proof: z.string().max(4_000), days: keyForm.shape.days })
const authorityForm = z.object({ use: z.enum(['keys', 'tls']), pem: z.string().max(20_000) })
const asked = z.enum(['required', 'none'])
const contractForm = z.object({
  signedLink: asked,
  confirmation: asked,
  signedCancel: asked,
  confirmationLine: z.enum(['public', 'mutual']),
  refundBeyondBalance: z.enum(['allow', 'queue']),
})

/** Registers what was pasted: a public key as a JWK, a certificate chain, or a signing request. */
export async function addMerchantKey(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant-key.change', HERE)
  const typed = keyForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('not-a-public-key')
  const { key, kid, days } = typed.data
  const { merchants, clock } = desk.gateway
  const validUntil = later(clock.now(), days * DAY_MS)
  if (key.includes('PRIVATE KEY-----')) return refused('private-key')
  if (key.includes('BEGIN CERTIFICATE REQUEST')) {
    return keyAnswer(desk, await merchants.addRequest(desk.merchant.id, { kid, pem: key, validUntil }), 'certified')
  }
  if (key.includes('BEGIN CERTIFICATE')) {
    return keyAnswer(desk, await merchants.addCertificate(desk.merchant.id, { kid, pem: key }), 'added')
  }
  return keyAnswer(desk, await merchants.addKey(desk.merchant.id, { jwk: readJson(key), validUntil }), 'added')
}

/** Certifies a key that the owner's browser has made; its private half never comes here. */
export async function issueMerchantKey(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant-key.change', HERE)
  const typed = issueForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('no-proof')
  const { jwk, proof, days } = typed.data
  const validUntil = later(desk.gateway.clock.now(), days * DAY_MS)
  const wanted = { jwk: readJson(jwk), proof, validUntil }
  return keyAnswer(desk, await desk.gateway.merchants.addKey(desk.merchant.id, wanted), 'issued')
}

export async function revokeMerchantKey(kid: string): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant-key.change', HERE)
  if (!(await desk.gateway.merchants.revokeKey(desk.merchant.id, kid))) return refused('missing')
  await noteDeed(desk, { action: 'merchant-key.change', object: kid, outcome: 'revoked' })
  return DONE
}

export async function addMerchantAuthority(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant-key.change', HERE)
  const typed = authorityForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('bad-authority')
  const added = await desk.gateway.merchants.addAuthority(desk.merchant.id, typed.data)
  if (added.kind === 'refused') return refused(added.reason)
  const { fingerprint, use, name } = added.authority
  const detail = { use, name }
  await noteDeed(desk, { action: 'merchant-key.change', object: fingerprint, outcome: 'authority-added', detail })
  return DONE
}

export async function removeMerchantAuthority(use: AuthorityUse, fingerprint: string): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant-key.change', HERE)
  if (use === 'tls' && (await isLastForMutual(desk, fingerprint))) return refused('needs-server-authority')
  if (!(await desk.gateway.merchants.removeAuthority(desk.merchant.id, use, fingerprint))) return refused('missing')
  const detail = { use }
  await noteDeed(desk, { action: 'merchant-key.change', object: fingerprint, outcome: 'authority-removed', detail })
  return DONE
}

export async function saveContract(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('contract.change', HERE)
  const typed = contractForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('missing')
  const held = await desk.gateway.contracts.of(desk.merchant.id)
  const changed = await desk.gateway.contracts.change(desk.merchant.id, typed.data)
  if (changed.kind === 'refused') return refused(changed.reason)
  const detail = { from: words(held), to: words(changed.contract) }
  await noteDeed(desk, { action: 'contract.change', object: 'signatures', outcome: 'changed', detail })
  return DONE
}

const words = (contract: SignatureContract | undefined) =>
  Object.entries(contract ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')

async function isLastForMutual({ gateway, merchant }: Desk, fingerprint: string): Promise<boolean> {
  const contract = await gateway.contracts.of(merchant.id)
  if (contract?.confirmationLine !== 'mutual') return false
  const others = await gateway.merchants.authorities(merchant.id)
  return !others.some((one) => one.use === 'tls' && one.fingerprint !== fingerprint)
}

async function keyAnswer(desk: Desk, added: AddedKey, outcome: string): Promise<DeedAnswer> {
  if (added.kind === 'refused') return refused(added.reason)
  const { kid, source } = added.key
  await noteDeed(desk, { action: 'merchant-key.change', object: kid, outcome, detail: { source } })
  return DONE
}

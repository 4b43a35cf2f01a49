import 'server-only'
import { z } from 'zod'
import type { Gateway } from '@/lib/gateway'
import { openSealed } from './sealed-input'

const credentials = z.strictObject({ email: z.string().max(254), password: z.string().min(1).max(512) })

const proof = z.strictObject({ token: z.string().max(200), password: z.string().min(1).max(512) })

/** What was typed into the log-in form; undefined for anything that our own page would not have sent. */
export async function openLogin(gateway: Gateway, message: string | undefined) {
  return credentials.safeParse(await openSealed(gateway, message, { tid: 'login' })).data
}

/** The same of the form behind the link of a registration. */
export async function openProof(gateway: Gateway, message: string | undefined) {
  return proof.safeParse(await openSealed(gateway, message, { tid: 'registration' })).data
}

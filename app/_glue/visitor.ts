import 'server-only'
import { randomBytes } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import type { Gateway } from '@/lib/gateway'
import { CLIENT_ADDRESS } from './client-address-header'
import { cookieName, cookieOptions } from './cookie-names'

const LIFE_S = 30 * 24 * 60 * 60

/** What this browser was told apart by before; undefined where it never was. */
export async function knownVisitor({ settings }: Gateway): Promise<string | undefined> {
  const known = (await cookies()).get(cookieName(settings, 'visitor'))?.value
  return known && /^[A-Za-z0-9_-]{22}$/.test(known) ? known : undefined
}

/** What tells this browser apart from others, without telling who uses it. Only where cookies can be written. */
export async function visitorOf(gateway: Gateway): Promise<{ visitor: string; address: string }> {
  const { settings } = gateway
  const [jar, given, known] = await Promise.all([cookies(), headers(), knownVisitor(gateway)])
  const visitor = known ?? randomBytes(16).toString('base64url')
  jar.set(cookieName(settings, 'visitor'), visitor, { ...cookieOptions(settings), maxAge: LIFE_S })
  return { visitor, address: given.get(CLIENT_ADDRESS) ?? 'unknown' }
}

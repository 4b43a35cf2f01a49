'use server'

import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import type { RegisterAnswer } from '@/components/auth/register-form'
import { isTooBusy } from '@/lib/auth/hash-turns'
import { runningGateway } from '../_glue/gateway'
import { localAddress } from '../_glue/local-address'
import { openSealed } from '../_glue/sealed-input'

const registration = z.strictObject({
  name: z.string().max(400),
  email: z.string().max(400),
  password: z.string().max(2000),
})

const INVITATION = /^\/invitation\/([A-Za-z0-9_-]+)$/

/**
 * Begins an account: a mail proves the address. Somebody who has one already is answered exactly like somebody new, so
 * that nobody learns whose address is known here (P6.7). The mail of an invitation is proof enough of its own address.
 */
export async function register(asked: string, message: string): Promise<RegisterAnswer> {
  const [gateway, locale] = await Promise.all([runningGateway(), getLocale()])
  const typed = registration.safeParse(await openSealed(gateway, String(message), { tid: 'register' }))
  if (!typed.success) return { kind: 'refused', fault: 'failed' }
  const next = localAddress(asked, '/account')
  const wanted = { ...typed.data, locale, next, invitation: INVITATION.exec(next)?.[1] }
  const answer = await gateway.registrations.begin(wanted).catch((error: unknown) => {
    if (isTooBusy(error)) return { kind: 'refused', reason: 'busy' } as const
    throw error
  })
  return answer.kind === 'refused' ? { kind: 'refused', fault: answer.reason } : { kind: answer.kind }
}

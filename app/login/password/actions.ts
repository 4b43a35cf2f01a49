'use server'

import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { runningGateway } from '@/app/_glue/gateway'
import { openSealed } from '@/app/_glue/sealed-input'
import type { ForgotAnswer } from '@/components/auth/forgot-form'
import type { NewPasswordAnswer } from '@/components/auth/new-password-form'
import { isTooBusy } from '@/lib/auth/hash-turns'

const forgotten = z.strictObject({ email: z.string().max(400) })

/** Sends the mail with the way back. The answer is the same for everybody's address and for nobody's (P6.7). */
export async function askForReset(message: string): Promise<ForgotAnswer> {
  const [gateway, locale] = await Promise.all([runningGateway(), getLocale()])
  const typed = forgotten.safeParse(await openSealed(gateway, String(message), { tid: 'forgot' }))
  if (!typed.success) return { kind: 'refused', fault: 'failed' }
  const answer = await gateway.passwordResets.ask({ ...typed.data, locale })
  return answer.kind === 'refused' ? { kind: 'refused', fault: answer.reason } : answer
}

const chosen = z.strictObject({ token: z.string().max(200), password: z.string().max(2000) })

/** The new password comes encrypted, as at log-in. When it is changed every session of its person has ended. */
export async function choosePassword(message: string): Promise<NewPasswordAnswer> {
  const gateway = await runningGateway()
  const typed = chosen.safeParse(await openSealed(gateway, String(message), { tid: 'reset' }))
  if (!typed.success) return { kind: 'refused', fault: 'failed' }
  const { token, password } = typed.data
  const answer = await gateway.passwordResets.reset(token, password).catch((error: unknown) => {
    if (isTooBusy(error)) return { kind: 'refused', reason: 'busy' } as const
    throw error
  })
  return answer.kind === 'refused' ? { kind: 'refused', fault: answer.reason } : answer
}

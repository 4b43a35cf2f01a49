'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { cookieOptions } from '../_glue/cookie-names'
import { workplaceCookie } from '../_glue/desk'
import { runningGateway } from '../_glue/gateway'
import { endSession, requireSession } from '../_glue/session'

export async function logout(): Promise<void> {
  await endSession()
  redirect('/login?next=/merchant')
}

/** Remembers for which of several shops somebody works. It gives no rights: those are asked of the database. */
export async function chooseWorkplace(form: FormData): Promise<void> {
  const [gateway, { memberships }] = await Promise.all([runningGateway(), requireSession('/merchant')])
  const chosen = memberships.find(({ merchantId }) => merchantId === form.get('merchant'))
  if (!chosen) return
  const jar = await cookies()
  jar.set(workplaceCookie(gateway), chosen.merchantId, cookieOptions(gateway.settings))
}

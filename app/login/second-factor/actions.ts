'use server'

import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { redirect } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { localAddress } from '@/app/_glue/local-address'
import { endSession, renewSessionCookie, sessionToken } from '@/app/_glue/session'
import type { Shown } from '@/components/auth/second-factor-form'
import type { Proof } from '@/lib/auth/second-factor'

const NO_SESSION: Shown = { kind: 'refused', reason: 'no-session' }

/** What the waiting session's passkey has to sign; undefined when there is none. */
export async function beginProof() {
  const [{ secondFactors }, token] = await Promise.all([runningGateway(), sessionToken()])
  return token ? secondFactors.beginProof(token) : undefined
}

export async function proveByCode(code: string): Promise<Shown> {
  const [{ secondFactors }, token] = await Promise.all([runningGateway(), sessionToken()])
  return token ? kept(await secondFactors.proveByCode(token, String(code).slice(0, 40))) : NO_SESSION
}

export async function proveByPasskey(response: AuthenticationResponseJSON): Promise<Shown> {
  const [{ secondFactors }, token] = await Promise.all([runningGateway(), sessionToken()])
  return token ? kept(await secondFactors.proveByPasskey(token, response)) : NO_SESSION
}

export async function logInAnew(next: string): Promise<void> {
  await endSession()
  redirect(`/login?next=${encodeURIComponent(localAddress(next, '/account'))}`)
}

/** The new token goes into the cookie, and nowhere a script of the page could read it. */
async function kept(proof: Proof): Promise<Shown> {
  if (proof.kind === 'refused') return proof
  await renewSessionCookie(proof.token)
  return { kind: 'proved' }
}

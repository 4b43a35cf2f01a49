'use server'

import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { redirect } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { localAddress } from '@/app/_glue/local-address'
import { endSession, sessionToken } from '@/app/_glue/session'
import type { Proof } from '@/lib/auth/second-factors'

const NO_SESSION: Proof = { kind: 'refused', reason: 'no-session' }

/** What the waiting session's passkey has to sign; undefined when there is none. */
export async function beginProof() {
  const [{ secondFactors }, token] = await Promise.all([runningGateway(), sessionToken()])
  return token ? secondFactors.beginProof(token) : undefined
}

export async function proveByCode(code: string): Promise<Proof> {
  const [{ secondFactors }, token] = await Promise.all([runningGateway(), sessionToken()])
  return token ? secondFactors.proveByCode(token, String(code).slice(0, 40)) : NO_SESSION
}

export async function proveByPasskey(response: AuthenticationResponseJSON): Promise<Proof> {
  const [{ secondFactors }, token] = await Promise.all([runningGateway(), sessionToken()])
  return token ? secondFactors.proveByPasskey(token, response) : NO_SESSION
}

export async function logInAnew(next: string): Promise<void> {
  await endSession()
  redirect(`/login?next=${encodeURIComponent(localAddress(next, '/account'))}`)
}

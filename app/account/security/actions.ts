'use server'

import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { revalidatePath } from 'next/cache'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { readTyped, refusedForm } from '@/app/_glue/account-forms'
import { runningGateway } from '@/app/_glue/gateway'
import { openSealed } from '@/app/_glue/sealed-input'
import { renewSessionCookie, requirePerson, sessionToken } from '@/app/_glue/session'
import type { SealedAnswer } from '@/components/account/sealed-form'
import type { PasswordAnswer } from '@/components/auth/password-form'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { isTooBusy } from '@/lib/auth/hash-turns'
import type { Added, Changed } from '@/lib/auth/second-factor'
import type peopleTexts from '@/locales/ko/people.json'

const HERE = '/account/security'
const DONE: DeedAnswer = { kind: 'done' }

type Fault = keyof (typeof peopleTexts)['security']['fault']

/** A new key for an app, and what its QR code says; undefined while another app is in use. */
export async function beginAuthenticator(): Promise<{ secret: string; uri: string } | undefined> {
  const [person, { secondFactors }, token] = await Promise.all([requirePerson(HERE), runningGateway(), sessionToken()])
  return secondFactors.beginAuthenticator(person, token ?? '')
}

export async function confirmAuthenticator(form: FormData): Promise<DeedAnswer> {
  const [person, { secondFactors }, token] = await Promise.all([requirePerson(HERE), runningGateway(), sessionToken()])
  const code = z.string().max(20).catch('').parse(form.get('code')).replace(/\s/g, '')
  return answered(await secondFactors.confirmAuthenticator(person, code, token ?? ''))
}

export async function removeAuthenticator(): Promise<DeedAnswer> {
  const [person, { secondFactors }, token] = await Promise.all([requirePerson(HERE), runningGateway(), sessionToken()])
  return changed(await secondFactors.removeAuthenticator(person, token ?? ''))
}

export async function beginPasskey() {
  const [person, { secondFactors }, token] = await Promise.all([requirePerson(HERE), runningGateway(), sessionToken()])
  return secondFactors.beginPasskey(person, token ?? '')
}

export async function addPasskey(name: string, response: RegistrationResponseJSON): Promise<DeedAnswer> {
  const [person, { secondFactors }, token] = await Promise.all([requirePerson(HERE), runningGateway(), sessionToken()])
  const added = await secondFactors.addPasskey(person, { response, name: String(name) }, token ?? '')
  return added.kind === 'refused' && added.reason === 'wrong' ? refused('failed') : answered(added)
}

export async function removePasskey(id: string): Promise<DeedAnswer> {
  const [person, { secondFactors }, token] = await Promise.all([requirePerson(HERE), runningGateway(), sessionToken()])
  return changed(await secondFactors.removePasskey(person, String(id), token ?? ''))
}

export async function renewRecoveryCodes(): Promise<DeedAnswer> {
  const [person, { secondFactors }, token] = await Promise.all([requirePerson(HERE), runningGateway(), sessionToken()])
  const codes = await secondFactors.renewRecoveryCodes(person, token ?? '')
  return codes ? { kind: 'done', secret: codes.join(' ') } : refused('unproved')
}

/** The password once more, encrypted, in a session in which it was typed long ago. */
export async function proveAgain(message: string): Promise<SealedAnswer> {
  const [person, gateway, token] = await Promise.all([requirePerson(HERE), runningGateway(), sessionToken()])
  const typed = await readTyped(message)
  if (!typed) return refusedForm(gateway, 'sealed')
  const known = await gateway.people.authenticate({ email: person.email, password: typed['password'] ?? '' })
  if (known.kind === 'refused') return refusedForm(gateway, 'wrong-password', 'password')
  await gateway.sessions.prove(token ?? '')
  revalidatePath(HERE)
  return { kind: 'done', to: HERE }
}

export async function endAllSessions(): Promise<DeedAnswer> {
  const [person, { sessions }] = await Promise.all([requirePerson(HERE), runningGateway()])
  await sessions.endAll(person.id)
  // The page is read anew, and leads to the log-in.
  return DONE
}

const passwords = z.strictObject({ current: z.string().min(1).max(512), next: z.string().min(1).max(512) })

/** Both passwords come encrypted, as at log-in. When it is changed every session has ended, this one too. */
export async function changePassword(message: string): Promise<PasswordAnswer> {
  const [person, gateway] = await Promise.all([requirePerson(HERE), runningGateway()])
  const typed = passwords.safeParse(await openSealed(gateway, String(message), { tid: 'password' }))
  if (!typed.success) return { kind: 'refused', fault: 'sealed' }
  const answer = await gateway.people.changePassword(person.id, typed.data).catch((error: unknown) => {
    if (isTooBusy(error)) return { kind: 'refused', reason: 'busy' } as const
    throw error
  })
  if (answer.kind === 'refused') return { kind: 'refused', fault: answer.reason }
  return { kind: 'changed' }
}

async function answered(added: Added): Promise<DeedAnswer> {
  if (added.kind === 'refused') return refused(added.reason)
  if (added.token) await renewSessionCookie(added.token)
  return DONE
}

async function changed(what: Changed): Promise<DeedAnswer> {
  return what === 'done' ? DONE : refused(what)
}

async function refused(why: Fault): Promise<DeedAnswer> {
  const t = await getTranslations('people.security.fault')
  return { kind: 'refused', message: t(why) }
}

import { getCsrfToken } from 'next-auth/react'

export type LoginFault = 'refused' | 'failed' | 'busy'

/**
 * Gives what was typed, encrypted, to Auth.js; undefined when it let us in.
 * @param by the password of an account, or that of a registration whose link was followed
 */
export async function sendSealedLogin(
  message: string,
  by: 'credentials' | 'registration',
): Promise<LoginFault | undefined> {
  const csrfToken = await getCsrfToken()
  if (!csrfToken) return 'failed'
  const response = await fetch(`/api/auth/callback/${by}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, message, json: 'true' }),
  })
  if (response.status === 401) return 'refused'
  if (response.status === 503) return 'busy'
  return response.ok ? undefined : 'failed'
}

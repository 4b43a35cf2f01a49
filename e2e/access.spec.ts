import type { APIResponse } from '@playwright/test'
import { rolesAt, type Entrance } from '../app/_glue/entrances/entrance'
import { handlers } from '../app/_glue/entrances/handlers'
import { pages } from '../app/_glue/entrances/pages'
import { staffRoles, systemRoles } from '../lib/auth/person'
import { expect, test } from './fixtures'
import { logIn } from './shopper'

/** Opened without the payment that they speak of, they are as good as missing. */
const SPEAK_OF_A_PAYMENT = ['/account/topped-up', '/operator/evidence/export']

const isPlain = (address: string) => !address.includes('[') && !SPEAK_OF_A_PAYMENT.includes(address)

/** Addresses without a name of a single thing in them: those every reader can ask for. */
const asked: readonly (readonly [string, Entrance])[] = [
  ...Object.entries(pages),
  ...Object.entries(handlers).filter(([, { by }]) => by === 'desk' || by === 'system'),
].filter(([address]) => isPlain(address))

/** What a stranger or a member gets to see. A page that has begun to be sent says in its body what came of it. */
async function outcomeOf(answer: APIResponse): Promise<'let in' | 'missing' | 'to the log-in'> {
  const status = answer.status()
  if (status >= 300 && status < 400) return answer.headers().location?.includes('/login') ? 'to the log-in' : 'let in'
  if (status === 404) return 'missing'
  const body = await answer.text()
  if (body.includes('NEXT_HTTP_ERROR_FALLBACK;404')) return 'missing'
  if (/NEXT_REDIRECT;[a-z]+;\/login/.test(body)) return 'to the log-in'
  expect(status).toBe(200)
  return 'let in'
}

const ROLES = [...staffRoles, ...systemRoles, 'shopper'] as const

for (const role of [...ROLES, undefined]) {
  test(`every page lets in ${role ?? 'somebody who is not logged in'} exactly as the access table says (P6.1, P6.2)`, async ({
    page,
    logins,
    words,
  }) => {
    // Every page of the whole gateway, one after the other.
    test.slow()
    const login = logins.find((each) => each.role === role)
    expect(login?.role, 'each role has a demo login').toBe(role)
    if (login) {
      await page.goto('/login')
      await logIn(page, words, login)
    }
    const found: Record<string, string> = {}
    const wanted: Record<string, string> = {}
    for (const [address, entrance] of asked) {
      const roles = rolesAt(entrance)
      const isOpen = entrance.by === 'anybody'
      wanted[address] =
        isOpen || (role && (roles === 'all' || roles.includes(role))) ? 'let in' : role ? 'missing' : 'to the log-in'
      const answer = await page.request.get(address, { maxRedirects: 0 })
      // Whoever is logged in has nothing to do at the log-in and is led on, and the second factor is for who waits for it.
      found[address] = isOpen && answer.status() === 307 ? 'let in' : await outcomeOf(answer)
    }
    expect(found).toEqual(wanted)
  })
}

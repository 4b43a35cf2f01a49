import { NextResponse } from 'next/server'
import type { NextRequest } from 'next/server'
import { contentSecurityPolicy, securityHeaders } from './app/_glue/security-headers'

const CHECKOUT_LINK = /^\/pay\/(pay_[0-9a-z]{26})$/

/**
 * Every page gets its own nonce and the security headers (PROMISES 9.8). A checkout link that still carries the shop's
 * signed message is handed to the route that checks it and answers with a cookie, so that the message is used once and
 * does not stay in the address bar.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)

  const link = CHECKOUT_LINK.exec(request.nextUrl.pathname)
  const entrance = link && request.nextUrl.searchParams.has('t') ? new URL(request.nextUrl) : undefined
  if (entrance) entrance.pathname = `/pay/${link?.[1]}/enter`

  const response = entrance
    ? NextResponse.rewrite(entrance, { request: { headers } })
    : NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of securityHeaders) response.headers.set(name, value)
  return response
}

export const config = {
  // Files with a hash in their name need no policy, and get the other headers from next.config.ts; the gateway's own routes
  // set theirs themselves.
  matcher: ['/((?!_next/static|_next/image|api/|camara/|parlayx/|favicon.ico).*)'],
}

import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '@/app/_glue/auth-options'
import { runningGateway } from '@/app/_glue/gateway'
import { securityHeaders } from '@/lib/http/security-headers'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

/** Logging in and out (Auth.js). Its own pages are ours: /login. */
async function handler(request: NextRequest, context: Context): Promise<Response> {
  const gateway = await runningGateway()
  // Auth.js learns its own address from the environment and nowhere else.
  process.env.NEXTAUTH_URL = gateway.settings.WEB_URL
  let isBusy = false
  const options = authOptions(gateway, () => (isBusy = true))
  const given = (await NextAuth(options)(request, context)) as Response
  const answer = isBusy ? new Response(null, { status: 503, headers: { 'retry-after': '1' } }) : given
  for (const [name, value] of Object.entries(securityHeaders)) answer.headers.set(name, value)
  return answer
}

export { handler as GET, handler as POST }

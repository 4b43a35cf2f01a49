import type { Settings } from '@/lib/env'

/** Over https a cookie is bound to this host and to encrypted connections (P6.5); plain http is for one's own machine. */
function isSecure({ WEB_URL }: Pick<Settings, 'WEB_URL'>): boolean {
  return WEB_URL.startsWith('https:')
}

export function cookieName(settings: Pick<Settings, 'WEB_URL'>, name: string): string {
  return isSecure(settings) ? `__Host-moa-${name}` : `moa-${name}`
}

export function cookieOptions(settings: Pick<Settings, 'WEB_URL'>) {
  return { httpOnly: true, secure: isSecure(settings), sameSite: 'lax', path: '/' } as const
}

import 'server-only'
import type { Gateway } from '@/lib/gateway'

/** Who we are to clients of OAuth 2.0 (RFC 8414). */
export function issuerOf({ settings }: Pick<Gateway, 'settings'>): string {
  return settings.WEB_URL.replace(/\/$/, '')
}

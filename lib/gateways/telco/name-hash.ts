import { createHash } from 'node:crypto'

/** How a subscriber's name travels: SHA-256 of it in NFC, without spaces, as UTF-8. The name itself stays with us. */
export function nameHashOf(name: string): string {
  const written = name.normalize('NFC').replace(/\s+/gu, '')
  return `sha256:${createHash('sha256').update(written, 'utf8').digest('hex')}`
}

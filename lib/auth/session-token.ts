import { createHash, randomBytes } from 'node:crypto'
import type { TokenHash } from './session-store'

const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** 256 random bits for the cookie. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url')
}

export function isSessionToken(text: string): boolean {
  return TOKEN.test(text)
}

export function hashOfToken(token: string): TokenHash {
  return new Uint8Array(createHash('sha256').update(token).digest())
}

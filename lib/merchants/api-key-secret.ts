import { createHash, randomInt } from 'node:crypto'
import type { ApiKeyMode } from './merchant'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
// 32 characters of 62 are 190 bits; four more let a mistyped key be refused without asking the database.
const RANDOM = 32
const CHECK = 4
const WRITTEN = /^moa_(test|live)_([0-9A-Za-z]{32})([0-9A-Za-z]{4})$/

/** A new API key's secret: `moa_test_…` or `moa_live_…`, so that people and secret scanners know what they see. */
export function newApiKeySecret(mode: ApiKeyMode): string {
  const random = Array.from({ length: RANDOM }, () => ALPHABET[randomInt(ALPHABET.length)]!).join('')
  return `moa_${mode}_${random}${checkOf(mode, random)}`
}

/** The mode of a well-formed secret; undefined when it cannot be one of ours. */
export function readApiKeySecret(secret: string): { mode: ApiKeyMode } | undefined {
  const [, mode, random, check] = WRITTEN.exec(secret) ?? []
  if ((mode !== 'test' && mode !== 'live') || !random || check !== checkOf(mode, random)) return undefined
  return { mode }
}

/** What is stored of a secret. It has enough entropy that a plain hash cannot be searched. */
export function hashApiKeySecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** What its owner recognizes a key by. */
export function hintOf(secret: string): string {
  return `${secret.slice(0, 13)}…${secret.slice(-4)}`
}

function checkOf(mode: ApiKeyMode, random: string): string {
  const digest = createHash('sha256').update(`moa api key\n${mode}\n${random}`).digest()
  return Array.from({ length: CHECK }, (_, index) => ALPHABET[digest[index]! % ALPHABET.length]!).join('')
}

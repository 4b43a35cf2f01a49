import { createHash, randomBytes } from 'node:crypto'

// 256 bits: it cannot be guessed, and its plain hash cannot be searched.
const RANDOM_BYTES = 32
const WRITTEN = /^vcg_[A-Za-z0-9_-]{43}$/

/** A new reference to a grant, as its shopper hands it to the shop; the prefix lets secret scanners know what they see. */
export function drawGrantReference(): string {
  return `vcg_${randomBytes(RANDOM_BYTES).toString('base64url')}`
}

/** What is stored of a reference; undefined for a text that cannot be one. */
export function hashGrantReference(reference: string): Buffer<ArrayBuffer> | undefined {
  return WRITTEN.test(reference) ? createHash('sha256').update(reference).digest() : undefined
}

import { createHash, randomBytes } from 'node:crypto'

const HOW_MANY = 10
// 50 random bits in letters and digits that nobody confuses; tries are counted, so that is plenty.
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const RECOVERY_CODE = /^[a-km-np-z2-9]{10}$/

export function newRecoveryCodes(): string[] {
  return Array.from({ length: HOW_MANY }, () => {
    const letters = Array.from(randomBytes(10), (byte) => LETTERS[byte % LETTERS.length]!).join('')
    return `${letters.slice(0, 5)}-${letters.slice(5)}`
  })
}

/** @param typed without spaces and strokes */
export function isRecoveryCode(typed: string): boolean {
  return RECOVERY_CODE.test(typed)
}

export function hashOfCode(code: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    createHash('sha256')
      .update(`recovery\n${code.replace('-', '')}`)
      .digest(),
  )
}

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { Complaint } from './complaint'

const key = () => randomBytes(32).toString('base64')

/** Every secret that the gateway's settings ask for (lib/env.ts), and how a demo comes by one. */
const SECRETS = {
  CARD_KEYS: () => `demo:${key()}`,
  FINGERPRINT_KEY: key,
  SESSION_SECRET: key,
  CA_KEYS: () => jwks(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })),
  SIGNING_KEYS: () => jwks(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })),
  ENCRYPTION_KEYS: () => jwks(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })),
} as const satisfies Record<string, () => string>

export type DemoSecrets = Record<keyof typeof SECRETS, string>

/**
 * The secrets of this demo: made on the first start, kept in this file, readable by its owner only.
 * They must last as long as the data, which are sealed and signed with them.
 */
export function demoSecrets(file: string): DemoSecrets {
  const kept = existsSync(file) ? read(file) : {}
  const missing = Object.entries(SECRETS).filter(([name]) => !(name in kept))
  const secrets = { ...kept, ...Object.fromEntries(missing.map(([name, make]) => [name, make()])) }
  if (missing.length > 0) {
    const partial = `${file}.new`
    writeFileSync(partial, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
    chmodSync(partial, 0o600)
    renameSync(partial, file)
  }
  return secrets as DemoSecrets
}

function read(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch (error) {
    throw new Complaint(`${file} cannot be read (${String(error)}). Put it back, or run npm run reset to begin anew.`)
  }
}

function jwks(jwk: object): string {
  return JSON.stringify([{ ...jwk, kid: `demo-${randomBytes(6).toString('hex')}` }])
}

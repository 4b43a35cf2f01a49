/** The keys of one bank: made on the first day, kept with its books. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import { z } from 'zod'
import type { BankCode } from './catalogue'

const jwk = z.looseObject({ kid: z.string(), kty: z.string() })
const kept = z.strictObject({ signing: jwk, stranger: jwk, encryption: jwk })
type KeptKeys = z.infer<typeof kept>

export interface BankKeys {
  readonly alg: 'EdDSA' | 'ES256'
  readonly kid: string
  readonly signing: CryptoKey | Uint8Array
  /** Not the bank's: for signatures that are wrong on purpose. */
  readonly stranger: CryptoKey | Uint8Array
  readonly encryption: CryptoKey | Uint8Array
  /** What is published. */
  readonly jwks: { readonly keys: readonly JWK[] }
}

/** @param folder where they are kept; undefined makes new ones at every start */
export async function openBankKeys(code: BankCode, folder: string | undefined): Promise<BankKeys> {
  const file = folder === undefined ? undefined : path.join(folder, `bank-${code}.keys.json`)
  const keys = file !== undefined && fs.existsSync(file) ? read(file) : make(code)
  if (folder !== undefined && file !== undefined) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    fs.writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
  }
  const alg = keys.signing.kty === 'OKP' ? 'EdDSA' : 'ES256'
  const [signing, stranger, encryption] = await Promise.all([
    importJWK(keys.signing, alg),
    importJWK(keys.stranger, alg),
    importJWK(keys.encryption, 'ECDH-ES+A256KW'),
  ])
  const published = ({ d: _, ...key }: JWK, use: string): JWK => ({ ...key, use })
  const jwks = { keys: [published(keys.signing, 'sig'), published(keys.encryption, 'enc')] }
  return { alg, kid: keys.signing.kid, signing, stranger, encryption, jwks }
}

const read = (file: string): KeptKeys => kept.parse(JSON.parse(fs.readFileSync(file, 'utf8')))

/** One bank signs with Ed25519, the other with P-256: gateways have to take both. */
function make(code: BankCode): KeptKeys {
  const ed25519 = () => generateKeyPairSync('ed25519').privateKey
  const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const sign = code === 'gaon' ? ed25519 : p256
  const named = (key: ReturnType<typeof p256>, use: string) => ({
    ...key.export({ format: 'jwk' }),
    kid: `${code}-${use}-${randomBytes(4).toString('hex')}`,
  })
  return kept.parse({
    signing: named(sign(), 'sig'),
    stranger: named(sign(), 'sig'),
    encryption: named(p256(), 'enc'),
  })
}

/**
 * `npm run --silent keys:rotate -- SIGNING_KEYS`: prints the next value of a setting that holds keys: a new key first, those
 * in use after it. Put in place of the old value, the new key is used from the next start on and the others are still
 * believed; docs/trust.md says when they can be dropped.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Complaint, runScript } from './complaint'

const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const MAKERS = { SIGNING_KEYS: () => generateKeyPairSync('ed25519'), ENCRYPTION_KEYS: p256, CA_KEYS: p256 } as const

const setting = z.enum(['SIGNING_KEYS', 'ENCRYPTION_KEYS', 'CA_KEYS'])
const keys = z.array(z.looseObject({ kid: z.string() }))

await runScript(() => {
  const named = setting.safeParse(process.argv[2])
  if (!named.success) throw new Complaint(`Name the setting: ${setting.options.join(', ')}.`)
  const { privateKey } = MAKERS[named.data]()
  const kid = `${new Date().toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}`
  const made = { ...privateKey.export({ format: 'jwk' }), kid }
  console.log(JSON.stringify([made, ...inUse(named.data)]))
  return Promise.resolve()
})

function inUse(name: string): unknown[] {
  try {
    return keys.parse(JSON.parse(process.env[name] ?? '[]'))
  } catch {
    throw new Complaint(`${name} in the environment is not a JSON array of keys with a kid.`)
  }
}

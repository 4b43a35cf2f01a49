#!/usr/bin/env node
// Checks an evidence file of a payment without the gateway that wrote it: node verify-evidence.mjs <file>
// It uses nothing of the gateway's code and no library; every signature is checked by the openssl command (3.0 or newer).
// Prints a line for each message; the exit code is 0 only when each signed one is what its key signed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// What was refused is kept too, and may well be about something else.
const TAKEN = ['sent', 'accepted', 'confirmed', 'mismatch', 'cancelled']
const folder = mkdtempSync(join(tmpdir(), 'evidence-'))
let wrong = 0

try {
  const file = JSON.parse(readFileSync(process.argv[2], 'utf8'))
  console.log(`Payment ${file.payment} at ${file.gateway} for ${file.merchant.id}`)
  for (const key of file.keys) report(`key ${key.of} ${key.kid}`, checkCertificates(key))
  for (const message of file.messages) {
    const name = `${message.at} ${message.direction} ${message.type} (${message.outcome})`
    if (message.form) report(name, checkMessage(message, file))
    else console.log(`not signed  ${name}`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
process.exitCode = wrong === 0 ? 0 : 1

function report(name, fault) {
  if (fault) wrong += 1
  console.log(fault ? `WRONG  ${name}: ${fault}` : `ok  ${name}`)
}

function checkMessage({ kid, direction, form, message, type, outcome }, { keys, payment }) {
  const of = direction === 'sent' ? 'gateway' : 'shop'
  const key = keys.find((each) => each.kid === kid && each.of === of)
  if (!key) return 'its key is not in the file'
  if (form === 'webhook') return checkWebhook(key, JSON.parse(message), payment)
  const [header, payload, signature] = message.split('.')
  const { alg, kid: named } = JSON.parse(Buffer.from(header, 'base64url'))
  if (alg !== key.algorithm || named !== kid) return 'it names another key or algorithm'
  const raw = Buffer.from(signature, 'base64url')
  // Base64url of the same bytes can be written in several ways; only one of them was sent.
  if (raw.length !== 64 || raw.toString('base64url') !== signature) return 'its signature is malformed'
  if (!verifies(key, `${header}.${payload}`, raw)) return 'its signature is not of this key'
  if (!TAKEN.includes(outcome)) return undefined
  const claims = JSON.parse(Buffer.from(payload, 'base64url'))
  if (claims.tid !== payment) return 'it is about another payment'
  if (claims.typ !== undefined && claims.typ !== type) return 'it says something else than the file'
  return undefined
}

function checkWebhook(key, { headers, body }, payment) {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const signatures = headers['webhook-signature'].split(' ').map((each) => each.split(','))
  const isSigned = signatures.some(
    ([version, value]) => version === 'v1a' && verifies(key, signed, Buffer.from(value, 'base64')),
  )
  if (!isSigned) return 'its signature is not of this key'
  return body.includes(payment) ? undefined : 'it is about another payment'
}

function verifies({ algorithm, pem }, signed, signature) {
  const inkey = write('key.pem', pem)
  const data = write('signed', signed)
  if (algorithm === 'EdDSA') {
    const sigfile = write('signature', signature)
    return openssl('pkeyutl', '-verify', '-pubin', '-inkey', inkey, '-rawin', '-in', data, '-sigfile', sigfile).ok
  }
  if (algorithm !== 'ES256') return false
  const der = write('signature.der', derOf(signature))
  return openssl('dgst', '-sha256', '-verify', inkey, '-signature', der, data).ok
}

/** JWS writes r and s as 32 bytes each (RFC 7518, 3.4); openssl takes an ASN.1 sequence of two integers. */
function derOf(raw) {
  const integer = (bytes) => {
    let start = 0
    while (start < bytes.length - 1 && bytes[start] === 0) start += 1
    const short = bytes.subarray(start)
    const positive = short[0] & 0x80 ? Buffer.concat([Buffer.of(0), short]) : short
    return Buffer.concat([Buffer.of(0x02, positive.length), positive])
  }
  const both = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))])
  return Buffer.concat([Buffer.of(0x30, both.length), both])
}

/** The first certificate is of this key, and each is signed by the next; whom to trust at the end is the reader's choice. */
function checkCertificates({ pem, certificates }) {
  if (certificates.length === 0) return undefined
  const own = openssl('x509', '-pubkey', '-noout', '-in', write('0.crt', certificates[0]))
  if (!own.ok || own.output.trim() !== pem.trim()) return 'its certificate is of another key'
  for (let place = 0; place + 1 < certificates.length; place++) {
    const above = write('above.crt', certificates[place + 1])
    const below = write('below.crt', certificates[place])
    const checked = openssl('verify', '-partial_chain', '-no_check_time', '-CAfile', above, below)
    if (!checked.ok) return `certificate ${place + 1} is not signed by the next one`
  }
  const last = openssl(
    'x509',
    '-noout',
    '-subject',
    '-fingerprint',
    '-sha256',
    '-in',
    write('last.crt', certificates.at(-1)),
  )
  console.log(`    certified by ${last.output.trim().replace(/\n/g, ', ')}`)
  return undefined
}

function openssl(...args) {
  const { status, stdout, error } = spawnSync('openssl', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  if (error) throw new Error('The openssl command cannot be run; it is needed to check signatures.')
  return { ok: status === 0, output: stdout }
}

function write(name, content) {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

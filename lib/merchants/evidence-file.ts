import { createPublicKey } from 'node:crypto'
import { toPem } from '../trust/pem'
import type { EvidenceShown } from './evidence'
import { algorithmOf, type PublicJwk } from './merchant-jwk'

/** A key of the file: as JWK and as PEM, and the certificates under it, its own first. */
export interface EvidenceKey {
  readonly kid: string
  readonly of: 'gateway' | 'shop'
  readonly algorithm: 'EdDSA' | 'ES256'
  readonly jwk?: PublicJwk
  readonly pem: string
  readonly certificates: readonly string[]
}

/** One file that anybody can check without us: the messages of a payment and the public keys they were signed with. */
export interface EvidenceFile {
  readonly format: 'moa-evidence-2'
  readonly payment: string
  readonly gateway: string
  readonly merchant: { readonly id: string; readonly name: string }
  readonly exportedAt: string
  /** How to check it, in words and commands. */
  readonly howToVerify: readonly string[]
  readonly keys: readonly EvidenceKey[]
  readonly messages: readonly {
    readonly at: string
    readonly direction: 'sent' | 'received'
    readonly type: string
    readonly kid?: string
    readonly outcome: string
    /** jws: a compact JWS. webhook: Standard Webhooks, headers and body. Absent: it was never signed. */
    readonly form?: 'jws' | 'webhook'
    readonly message: string
  }[]
}

interface Content {
  readonly payment: string
  readonly gateway: string
  readonly merchant: EvidenceFile['merchant']
  readonly at: Date
  readonly messages: readonly EvidenceShown[]
}

export function evidenceFile({ at, messages, ...about }: Content): EvidenceFile {
  return {
    format: 'moa-evidence-2',
    ...about,
    exportedAt: at.toISOString(),
    howToVerify: HOW,
    keys: keysOf(messages),
    messages: messages.map(({ at: keptAt, direction, type, kid, outcome, message }) => {
      const form = kid && message ? { form: kid.startsWith('whpk_') ? ('webhook' as const) : ('jws' as const) } : {}
      return { at: keptAt.toISOString(), direction, type, ...(kid ? { kid } : {}), outcome, ...form, message }
    }),
  }
}

function keysOf(messages: readonly EvidenceShown[]): EvidenceKey[] {
  const found = new Map<string, EvidenceKey>()
  for (const { kid, key, direction } of messages) {
    const of = direction === 'sent' ? ('gateway' as const) : ('shop' as const)
    if (kid?.startsWith('whpk_')) {
      found.set(kid, { kid, of, algorithm: 'EdDSA', pem: pemOfRaw(kid.slice('whpk_'.length)), certificates: [] })
    } else if (kid !== undefined && key) {
      const pem = createPublicKey({ key, format: 'jwk' }).export({ format: 'pem', type: 'spki' }).toString()
      const certificates = (key.x5c ?? []).map((der) => toPem('CERTIFICATE', Buffer.from(der, 'base64')))
      // A shop and we may have chosen the same key id.
      found.set(`${of} ${kid}`, { kid, of, algorithm: algorithmOf(key), jwk: key, pem, certificates })
    }
  }
  return [...found.values()]
}

function pemOfRaw(base64: string): string {
  const x = Buffer.from(base64, 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return key.export({ format: 'pem', type: 'spki' }).toString()
}

const HOW = [
  'Nothing here has to be believed: every message is kept as it was sent, and its key stands beside it. You need jq, base64, tr, xxd and openssl 3.',
  'The program verify-evidence.mjs (examples/evidence of the gateway, no library, openssl only) does all of this at once.',
  'Take a message, say the first, and its key (kid and of: sent messages are signed by the gateway, received ones by the shop):',
  "  jq -j '.messages[0].message' evidence.json > message.jws",
  '  jq -r \'.messages[0] as $m | .keys[] | select(.kid == $m.kid and .of == (if $m.direction == "sent" then "gateway" else "shop" end)) | .pem\' evidence.json > key.pem',
  'form "jws": what was signed is everything before the second dot; the signature is base64url after it:',
  "  cut -d. -f1,2 message.jws | tr -d '\\n' > signed",
  "  (cut -d. -f3 message.jws | tr -d '\\n' | tr '_-' '/+'; printf '==') | base64 -d > signature",
  'algorithm EdDSA:',
  '  openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed -sigfile signature',
  'algorithm ES256: JWS writes r and s as 32 bytes each, openssl wants them as two integers in DER:',
  "  printf 'asn1=SEQUENCE:rs\\n[rs]\\nr=INTEGER:0x%s\\ns=INTEGER:0x%s\\n' $(head -c 32 signature | xxd -p -c 32) $(tail -c 32 signature | xxd -p -c 32) > rs.cnf",
  '  openssl asn1parse -genconf rs.cnf -noout -out signature.der',
  '  openssl dgst -sha256 -verify key.pem -signature signature.der signed',
  'form "webhook" (Standard Webhooks): signed is webhook-id.webhook-timestamp.body; the signature is base64 after "v1a,", one of them is of this key:',
  '  jq -j \'.messages[0].message | fromjson | .headers["webhook-id"] + "." + .headers["webhook-timestamp"] + "." + .body\' evidence.json > signed',
  '  jq -r \'.messages[0].message | fromjson | .headers["webhook-signature"] | split(" ")[0][4:]\' evidence.json | base64 -d > signature',
  'What was said, in clear:',
  "  (cut -d. -f2 message.jws | tr -d '\\n' | tr '_-' '/+'; printf '==') | base64 -d 2>/dev/null",
  'Where a key has certificates, the first certifies the key and each is signed by the next; compare the last with the authority that you trust:',
  "  jq -j '.keys[0].certificates[0]' evidence.json > key.crt; jq -j '.keys[0].certificates[1:] | add' evidence.json > authority.crt",
  '  openssl x509 -in key.crt -pubkey -noout | diff - key.pem; openssl verify -partial_chain -no_check_time -CAfile authority.crt key.crt',
]

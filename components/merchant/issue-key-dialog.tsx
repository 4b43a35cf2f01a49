'use client'

import type { ComponentProps } from 'react'
import { DeedDialog } from './deed-dialog'

type Props = ComponentProps<typeof DeedDialog> & {
  /** mer_… */
  readonly merchantId: string
}

const encode = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
const encodeJson = (value: unknown) => encode(new TextEncoder().encode(JSON.stringify(value)))

/** Makes a signature key in this browser, has its public half certified, and shows the private half this once. */
export function IssueKeyDialog({ merchantId, deed, ...dialog }: Props) {
  return (
    <DeedDialog
      {...dialog}
      deed={async (form) => {
        const { secret, jwk, proof } = await makeKey(merchantId)
        form.set('jwk', JSON.stringify(jwk))
        form.set('proof', proof)
        const answer = await deed(form)
        return answer.kind === 'done' ? { kind: 'done', secret: JSON.stringify(secret) } : answer
      }}
    />
  )
}

/** A P-256 key as JWKs, and a message signed with it that shows that whoever sends it has the private half. */
async function makeKey(merchantId: string) {
  const kid = `shop-${new Date().toISOString().slice(0, 10)}-${encode(crypto.getRandomValues(new Uint8Array(4)))}`
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign'])
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey)
  const iat = Math.floor(Date.now() / 1000)
  const signed = `${encodeJson({ alg: 'ES256', kid })}.${encodeJson({ iss: merchantId, typ: 'key.proof', iat })}`
  const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(signed))
  const jwk = { kty, crv, x, y, kid }
  return { jwk, secret: { ...jwk, d }, proof: `${signed}.${encode(new Uint8Array(signature))}` }
}

import { z } from 'zod'
import { toPem } from '../../trust/pem'
import { type Reply, route } from '../route'

const keySet = z
  .strictObject({
    keys: z.array(z.looseObject({ kid: z.string(), kty: z.string(), use: z.string(), alg: z.string() })),
  })
  .meta({ id: 'KeySet', description: 'JSON Web Key Set (RFC 7517).' })

export const getSigningKeys = route(
  'GET /.well-known/jwks.json',
  {
    caller: 'public',
    summary: 'The keys that sign what Moa says to shops',
    answers: { 200: { description: 'The key in use first', schema: keySet } },
  },
  ({ gateway }): Reply => ({
    status: 200,
    body: gateway.signing.jwks,
    headers: { 'cache-control': 'public, max-age=300' },
  }),
)

export const getEncryptionKeys = route(
  'GET /.well-known/encryption-keys.json',
  {
    caller: 'public',
    summary: 'The keys to which pages encrypt what shoppers type, with their certificates',
    answers: { 200: { description: 'The key in use first', schema: keySet } },
  },
  ({ gateway }): Reply => ({
    status: 200,
    body: gateway.sealedInput.jwks,
    headers: { 'cache-control': 'public, max-age=60' },
  }),
)

const authorities = z
  .strictObject({
    authorities: z.array(z.strictObject({ fingerprint: z.string(), certificate: z.string() })),
  })
  .meta({
    id: 'Authorities',
    description: 'Certificates in PEM, with their SHA-256 in base64url. Compare it with what the operator told you.',
  })

export const getAuthorities = route(
  'GET /.well-known/moa-authorities.json',
  {
    caller: 'public',
    summary: 'The authorities at which the chains of Moa’s keys and certificates end',
    answers: { 200: { description: 'The one that issues first', schema: authorities } },
  },
  ({ gateway }): Reply => ({
    status: 200,
    body: {
      authorities: gateway.trust.anchors.map(({ fingerprint, der }) => {
        return { fingerprint, certificate: toPem('CERTIFICATE', der) }
      }),
    },
    headers: { 'cache-control': 'public, max-age=300' },
  }),
)

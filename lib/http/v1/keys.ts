import { z } from 'zod'
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

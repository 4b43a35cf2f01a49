import { expect, test } from 'vitest'
import { publicId } from '../ids'
import { type Query, readAuthorization } from './authorization'
import type { OAuthClient } from './oauth-client'

const client: OAuthClient = {
  id: '01900000-0000-7000-8000-000000000001',
  merchantId: '01900000-0000-7000-8000-000000000002',
  name: 'Reader',
  hint: '',
  scopes: ['carrier-billing:payments:read'],
  redirectUris: ['https://shop.example/back?from=moa'],
  vouches: false,
  createdAt: new Date(0),
}
const ISSUER = 'https://moa.example'
const asked = {
  response_type: 'code',
  client_id: publicId('ocl', client.id),
  redirect_uri: 'https://shop.example/back?from=moa',
  code_challenge: 'c'.repeat(43),
  code_challenge_method: 'S256',
  state: 'their own',
}
const read = (changes: Query = {}) =>
  readAuthorization(
    { findClient: async (id) => (id === client.id ? client : undefined) },
    { ...asked, ...changes },
    ISSUER,
  )

test('a client’s question is read with all that it may have', async () => {
  expect(await read()).toMatchObject({
    kind: 'asked',
    authorization: { scopes: client.scopes, state: 'their own', codeChallenge: asked.code_challenge },
  })
})

test.each([
  ['an unknown client', { client_id: publicId('ocl', client.merchantId) }],
  ['a client that is none', { client_id: 'x' }],
  ['no client', { client_id: undefined }],
  ['an address that is not registered', { redirect_uri: 'https://evil.example/back' }],
  ['P5.6: an address that differs in one letter', { redirect_uri: 'https://shop.example/back?from=moa&x' }],
  ['no address', { redirect_uri: undefined }],
  ['two addresses', { redirect_uri: [asked.redirect_uri, 'https://evil.example'] }],
])('nobody is sent anywhere for %s', async (_title, changes: Query) => {
  expect(await read(changes)).toEqual({ kind: 'unusable' })
})

test.each([
  ['the implicit grant', { response_type: 'token' }, 'unsupported_response_type'],
  ['no challenge', { code_challenge: undefined }, 'invalid_request'],
  ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['a challenge that is too short', { code_challenge: 'abc' }, 'invalid_request'],
  ['a parameter twice', { scope: ['a', 'b'] }, 'invalid_request'],
  ['a scope that the client may not have', { scope: 'carrier-billing:payments:create' }, 'invalid_scope'],
])('the client is told of %s at its own address', async (_title, changes: Query, error) => {
  const answer = await read(changes)
  const url = new URL(answer.kind === 'refused' ? answer.redirectTo : '')
  expect(url.origin + url.pathname).toBe('https://shop.example/back')
  expect(Object.fromEntries(url.searchParams)).toEqual({ from: 'moa', error, state: 'their own', iss: ISSUER })
})

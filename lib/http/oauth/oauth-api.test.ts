import { describe, expect, test } from 'vitest'
import { publicId } from '../../ids'
import { challengeOf } from '../../oauth/secrets'
import { aPayment, basic, PAYMENTS, startCamara } from '../camara/camara.fixtures'
import type { Received } from '../http.fixtures'

const BACK = 'https://shop.example/back'
const world = await startCamara()
const { gateway } = world
const owner = await world.aClient({ redirectUris: [BACK] })
const { client, secret } = owner
const id = publicId('ocl', client.id)

function post(path: string, form: Record<string, string> | string, authorization?: string): Promise<Received> {
  return world.send({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...(authorization && { authorization }) },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  })
}
const token = (form: Record<string, string> | string, authorization?: string) =>
  post('/oauth/token', form, authorization)
const mine = basic(client.id, secret)
const refusal = ({ status, json }: Received) => `${status} ${String(json['error'])}`

describe('a token of the client alone (RFC 6749, 4.4)', () => {
  test.each([
    ['HTTP Basic', { grant_type: 'client_credentials' }, mine],
    ['the form', { grant_type: 'client_credentials', client_id: id, client_secret: secret }, undefined],
  ])('is given to whoever knows the secret, by %s', async (_title, form, authorization) => {
    const answer = await token(form, authorization)
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.json).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: client.scopes.join(' ') })
    const authorized = { authorization: `Bearer ${String(answer.json['access_token'])}` }
    expect((await world.send({ path: PAYMENTS, headers: authorized })).status).toBe(200)
  })

  test('may be given for fewer scopes', async () => {
    const scope = 'carrier-billing:payments:read'
    const answer = await token({ grant_type: 'client_credentials', scope }, mine)
    expect(answer.json['scope']).toBe(scope)
  })

  test('is nowhere stored in clear, nor is the secret', async () => {
    const answer = await token({ grant_type: 'client_credentials' }, mine)
    const { rows } = await gateway.database.pool.query<{ kept: string }>(
      `select coalesce(string_agg(t::text, ''), '') || (select string_agg(c::text, '') from oauth_client c) as kept
       from oauth_token t`,
    )
    expect(rows[0]!.kept).not.toContain(String(answer.json['access_token']))
    expect(rows[0]!.kept).not.toContain(secret)
  })

  test.each([
    [
      'a wrong secret',
      { grant_type: 'client_credentials' },
      basic(client.id, `${secret.slice(0, -1)}!`),
      '401 invalid_client',
    ],
    ['no client', { grant_type: 'client_credentials' }, undefined, '401 invalid_client'],
    ['a client that is none', { grant_type: 'client_credentials' }, 'Basic eDp5', '401 invalid_client'],
    ['both ways at once', { grant_type: 'client_credentials', client_secret: secret }, mine, '400 invalid_request'],
    ['no grant', {}, mine, '400 invalid_request'],
    ['a parameter twice', 'grant_type=client_credentials&grant_type=client_credentials', mine, '400 invalid_request'],
    [
      'the password grant',
      { grant_type: 'password', username: 'a', password: 'b' },
      mine,
      '400 unsupported_grant_type',
    ],
    ['an unknown scope', { grant_type: 'client_credentials', scope: 'everything' }, mine, '400 invalid_scope'],
  ])('is refused for %s', async (_title, form, authorization, expected) => {
    const answer = await token(form as Record<string, string>, authorization)
    expect(refusal(answer)).toBe(expected)
    if (answer.status === 401) expect(answer.headers['www-authenticate']).toBe('Basic realm="Moa"')
  })

  test('is refused for a scope that the client was not given', async () => {
    const reader = await world.aClient({ scopes: ['carrier-billing:payments:read'] })
    const form = { grant_type: 'client_credentials', scope: 'carrier-billing:payments:create' }
    expect(refusal(await token(form, basic(reader.client.id, reader.secret)))).toBe('400 invalid_scope')
  })
})

describe('a token of a line (RFC 6749, 4.1; RFC 7636)', () => {
  const verifier = 'a-verifier-that-only-the-client-knows-0123456789'
  const agree = async () =>
    gateway.oauth.agree({
      clientId: client.id,
      redirectUri: BACK,
      codeChallenge: challengeOf(verifier),
      scopes: client.scopes,
      number: await world.line(),
    })
  const form = (code: string, changes: Record<string, string> = {}) => ({
    grant_type: 'authorization_code',
    code,
    redirect_uri: BACK,
    code_verifier: verifier,
    ...changes,
  })
  const authorized = (answer: Received) => ({ authorization: `Bearer ${String(answer.json['access_token'])}` })

  test('is given once for a code', async () => {
    const code = await agree()
    const answer = await token(form(code), mine)
    expect(answer.status).toBe(200)
    expect((await world.send({ path: PAYMENTS, headers: authorized(answer) })).status).toBe(200)
  })

  test('is taken back when its code comes a second time', async () => {
    const code = await agree()
    const answer = await token(form(code), mine)
    expect(refusal(await token(form(code), mine))).toBe('400 invalid_grant')
    expect((await world.send({ path: PAYMENTS, headers: authorized(answer) })).status).toBe(401)
  })

  test('carries the line that a person proved with the code that was sent to it', async () => {
    const number = await world.line()
    const calling = { kind: 'line', number } as const
    const asker = { address: '192.0.2.1', session: 'a browser' }
    const sent = await gateway.phoneBill.requestProof({ ownerId: client.id, calling, locale: 'ko', asker })
    if (sent.kind !== 'sent') throw new Error(sent.kind)
    const { codeId, proofId } = sent
    const digits = await world.codeAt(number)
    const verdict = await gateway.phoneBill.prove(client.id, { proofId, codeId, code: digits })
    if (verdict.kind !== 'proven') throw new Error(verdict.kind)
    const line = await gateway.billing.lineVault.open(verdict.lineId)
    const asked = {
      clientId: client.id,
      redirectUri: BACK,
      codeChallenge: challengeOf(verifier),
      scopes: client.scopes,
    }
    const answer = await token(form(await gateway.oauth.agree({ ...asked, number: line!.calling.number })), mine)
    const paid = await world.send({
      method: 'POST',
      path: PAYMENTS,
      headers: { ...authorized(answer), 'content-type': 'application/json' },
      body: JSON.stringify(aPayment()),
    })
    expect(paid.json).toMatchObject({ paymentStatus: 'succeeded', amountTransaction: { phoneNumber: number } })
  })

  test.each([
    ['another verifier', { code_verifier: 'b'.repeat(43) }, '400 invalid_grant'],
    ['another address', { redirect_uri: 'https://shop.example/other' }, '400 invalid_grant'],
    ['a verifier that is too short', { code_verifier: 'short' }, '400 invalid_request'],
    ['a code that nobody was given', { code: 'moa_oac_x' }, '400 invalid_grant'],
  ])('is refused for %s', async (_title, changes, expected) => {
    expect(refusal(await token(form(await agree(), changes as Record<string, string>), mine))).toBe(expected)
  })

  test('is refused to another client, and after a minute', async () => {
    const thief = await world.aClient({ redirectUris: [BACK] })
    expect(refusal(await token(form(await agree()), basic(thief.client.id, thief.secret)))).toBe('400 invalid_grant')
    const code = await agree()
    world.clock.forward(61_000)
    expect(refusal(await token(form(code), mine))).toBe('400 invalid_grant')
  })
})

test('a token that is given back is worth nothing; whether there was one is not told (RFC 7009)', async () => {
  const answer = await token({ grant_type: 'client_credentials' }, mine)
  const access = String(answer.json['access_token'])
  const thief = await world.aClient()
  const theirs = basic(thief.client.id, thief.secret)
  expect((await post('/oauth/revoke', { token: access }, theirs)).status).toBe(200)
  const headers = { authorization: `Bearer ${access}` }
  expect((await world.send({ path: PAYMENTS, headers })).status).toBe(200)
  expect((await post('/oauth/revoke', { token: access }, mine)).status).toBe(200)
  expect((await world.send({ path: PAYMENTS, headers })).status).toBe(401)
  expect((await post('/oauth/revoke', { token: access }, mine)).status).toBe(200)
})

test('programs find out where to ask (RFC 8414)', async () => {
  const answer = await world.send({ path: '/.well-known/oauth-authorization-server' })
  expect(answer.json).toMatchObject({
    issuer: world.settings.WEB_URL,
    token_endpoint: `${world.settings.WEB_URL}/oauth/token`,
    code_challenge_methods_supported: ['S256'],
  })
})

test('tokens and codes that ran out are removed', async () => {
  await token({ grant_type: 'client_credentials' }, mine)
  world.clock.forward(31 * 60_000)
  expect(await gateway.oauth.removeExpired(1000)).toBeGreaterThan(0)
  const { rows } = await gateway.database.pool.query('select from oauth_token union all select from oauth_code')
  expect(rows).toEqual([])
})

import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { expectNowhere } from '../../../test/nowhere'
import { later } from '../../clock'
import { foreignClient, startParlay } from './parlayx.fixtures'

const world = await startParlay()
const { gateway, post } = world
const owner = await world.anApplication()
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/'
const LOCAL = 'http://www.csapi.org/schema/parlayx/sms/send/v2_2/local'
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
const PROFILE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0'

const SEND = `<s:sendSms xmlns:s="${LOCAL}"><s:addresses>tel:+821044400001</s:addresses><s:message>hi</s:message></s:sendSms>`

interface Token {
  username?: string
  secret?: string
  nonce?: Buffer
  created?: string
  passwordType?: string
  password?: string
}

function token(given: Token = {}): string {
  const { username = owner.username, secret = owner.secret, nonce = randomBytes(16) } = given
  const { created = gateway.clock.now().toISOString(), passwordType = 'PasswordDigest' } = given
  const digest = createHash('sha1').update(nonce).update(created).update(secret).digest('base64')
  return `<w:Security xmlns:w="${WSSE}" xmlns:u="${WSU}" xmlns:e="${SOAP}" e:mustUnderstand="1"><w:UsernameToken>
    <w:Username>${username}</w:Username><w:Password Type="${PROFILE}#${passwordType}">${given.password ?? digest}</w:Password>
    <w:Nonce>${nonce.toString('base64')}</w:Nonce><u:Created>${created}</u:Created></w:UsernameToken></w:Security>`
}

const around = (header: string, body = SEND, namespace = SOAP) =>
  `<e:Envelope xmlns:e="${namespace}"><e:Header>${header}</e:Header><e:Body>${body}</e:Body></e:Envelope>`

async function said(body: string | Uint8Array, headers: Record<string, string> = {}, service = 'SendSms') {
  const { status, text } = await post(service, body, headers)
  const code = /<faultcode>([^<]+)</.exec(text)?.[1] ?? 'none'
  const exception = /<messageId>([^<]+)</.exec(text)?.[1]
  const variables = [...text.matchAll(/<variables>([^<]*)</g)].map(([, variable]) => variable)
  return [status, code, exception, ...variables].filter((part) => part !== undefined).join(' ')
}

const sentSoFar = async () =>
  (await gateway.database.pool.query<{ n: number }>('select count(*)::int as n from open_sms')).rows[0]!.n

test('what is whole, with a digest or a bearer token, is answered', async () => {
  expect(await said(around(token()))).toBe('200 none')
  const authorization = `Bearer ${owner.secret}`
  expect(await said(around(''), { authorization })).toBe('200 none')
  expect(await said(around('<x:any xmlns:x="urn:x"/>'), { authorization })).toBe('200 none')
})

const CLIENT = '500 soapenv:Client'
const FAILED = '500 wsse:FailedAuthentication'
const LAUGHS = `<!DOCTYPE e [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`
const spent = randomBytes(16)

describe('P10.1: a bad envelope is refused, and nothing is done', () => {
  test.each<[title: string, body: () => string | Uint8Array, expected: string, headers?: Record<string, string>]>([
    ['with a document type', () => `<!DOCTYPE e>${around(token())}`, CLIENT],
    ['with a billion laughs', () => LAUGHS + around(token(), SEND.replace('hi', '&c;')), CLIENT],
    [
      'with a file from outside',
      () => `<!DOCTYPE e [<!ENTITY f SYSTEM "file:///etc/passwd">]>${around(token(), SEND.replace('hi', '&f;'))}`,
      CLIENT,
    ],
    ['that is no XML', () => 'sendSms', CLIENT],
    ['that is not UTF-8', () => Buffer.from(around(token(), SEND.replace('hi', 'caf\u00e9')), 'latin1'), CLIENT],
    ['that is nested too deep', () => around(token(), '<a>'.repeat(20) + '</a>'.repeat(20)), CLIENT],
    [
      'of SOAP 1.2',
      () => around(token(), SEND, 'http://www.w3.org/2003/05/soap-envelope'),
      '500 soapenv:VersionMismatch',
    ],
    ['that is none', () => SEND, CLIENT],
    ['with two messages', () => around(token(), SEND + SEND), CLIENT],
    ['with an empty body', () => around(token(), ''), CLIENT],
    ['with two bodies', () => around(token()).replace('</e:Body>', '</e:Body><e:Body/>'), CLIENT],
    ['with two security headers', () => around(token() + token()), CLIENT],
    [
      'with a header that must be understood',
      () => around(`${token()}<x:a xmlns:x="urn:x" e:mustUnderstand="1"/>`),
      '500 soapenv:MustUnderstand',
    ],
    ['in the wrong namespace', () => around(token(), SEND.replaceAll(LOCAL, `${LOCAL}/other`)), CLIENT],
    ['with an operation that is not there', () => around(token(), SEND.replaceAll('sendSms', 'sendMms')), CLIENT],
    [
      'with an operation of another interface',
      () =>
        around(token(), '<a:getBalance xmlns:a="http://www.csapi.org/schema/parlayx/account_management/v2_2/local"/>'),
      CLIENT,
    ],
    [
      'without a part',
      () => around(token(), SEND.replace(/<s:message>.*<\/s:message>/, '')),
      `${CLIENT} SVC0002 message`,
    ],
    [
      'with a part twice',
      () => around(token(), SEND.replace(/(<s:message>.*<\/s:message>)/, '$1$1')),
      `${CLIENT} SVC0002 message`,
    ],
    [
      'with a part too many',
      () => around(token(), SEND.replace('</s:sendSms>', '<s:b/></s:sendSms>')),
      `${CLIENT} SVC0002 b`,
    ],
    [
      'with a part in the wrong namespace',
      () => around(token(), SEND.replaceAll('s:message', 'message')),
      `${CLIENT} SVC0002 message`,
    ],
    [
      'with text between the parts',
      () => around(token(), SEND.replace('<s:message>', 'x<s:message>')),
      `${CLIENT} SVC0002 sendSms`,
    ],
    [
      'with a part named __proto__',
      () => around(token(), SEND.replaceAll('s:message', 's:__proto__')),
      `${CLIENT} SVC0002 __proto__`,
    ],
    ['without anybody’s name', () => around(''), '401 wsse:FailedAuthentication'],
    [
      'with a token that nobody has',
      () => around(''),
      '401 wsse:FailedAuthentication',
      { authorization: `Bearer moa_app_${'a'.repeat(43)}` },
    ],
    [
      'with an API key of the shop',
      () => around(''),
      '401 wsse:FailedAuthentication',
      { authorization: 'Bearer moa_test_x' },
    ],
    ['with a digest and a token', () => around(token()), FAILED, { authorization: 'Bearer x' }],
    ['of an unknown application', () => around(token({ username: 'app_00000000000000000000000000' })), FAILED],
    ['with a name that is none', () => around(token({ username: 'x' })), FAILED],
    ['with a wrong digest', () => around(token({ secret: 'guess' })), FAILED],
    ['with a password in clear', () => around(token({ passwordType: 'PasswordText', password: owner.secret })), FAILED],
    ['with a nonce of no length', () => around(token({ nonce: Buffer.alloc(0) })), FAILED],
    ['with a time that is none', () => around(token({ created: 'yesterday' })), FAILED],
    [
      'P5.2: made too long ago',
      () => around(token({ created: later(gateway.clock.now(), -301_000).toISOString() })),
      '500 wsu:MessageExpired',
    ],
    [
      'P5.2: made too far ahead',
      () => around(token({ created: later(gateway.clock.now(), 310_000).toISOString() })),
      '500 wsu:MessageExpired',
    ],
    ['P5.2: with a nonce that was used', () => around(token({ nonce: spent })), FAILED],
    ['of another media type', () => around(token()), '415 soapenv:Client', { 'content-type': 'application/xml' }],
    ['that is compressed', () => around(token()), '415 soapenv:Client', { 'content-encoding': 'gzip' }],
    ['that is too large', () => around(token(), SEND.replace('hi', 'a'.repeat(70_000))), '413 soapenv:Client'],
  ])('%s', async (_title, body, expected, headers) => {
    await gateway.openService.byDigest(owner.application.id, digestOf(spent))
    const before = await sentSoFar()
    expect(await said(body(), headers)).toBe(expected)
    expect(await sentSoFar()).toBe(before)
  })

  test('of an application that may not do it', async () => {
    const bare = await world.anApplication({ rights: ['SendSms.getSmsDeliveryStatus'] })
    const authorization = `Bearer ${bare.secret}`
    expect(await said(around(''), { authorization })).toBe(`${CLIENT} POL0001 access-denied`)
  })

  test('at an address that is not there, or by another method', async () => {
    expect(await said(around(token()), {}, 'SendMms')).toBe('404 soapenv:Client')
    expect(await said(around(token()), {}, 'SmsNotification')).toBe('405 soapenv:Client')
  })

  function digestOf(nonce: Buffer) {
    const createdAt = gateway.clock.now()
    const created = createdAt.toISOString()
    return {
      nonce,
      created,
      createdAt,
      digest: createHash('sha1').update(nonce).update(created).update(owner.secret).digest(),
    }
  }
})

describe('P5.2: a digest is good once', () => {
  test('however many send it at the same moment', async () => {
    const body = around(token())
    const answers = await Promise.all(Array.from({ length: 8 }, () => said(body)))
    expect(answers.filter((answer) => answer === '200 none')).toHaveLength(1)
    expect(answers.filter((answer) => answer === FAILED)).toHaveLength(7)
  })

  test('for another process too', async () => {
    const shown = randomBytes(16)
    const createdAt = gateway.clock.now()
    const created = createdAt.toISOString()
    const digest = createHash('sha1').update(shown).update(created).update(owner.secret).digest()
    const other = await world.another()
    const ask = (at: typeof gateway) =>
      at.openService.byDigest(owner.application.id, { nonce: shown, created, createdAt, digest })
    expect((await ask(gateway)).kind).toBe('known')
    expect((await ask(other)).kind).toBe('unknown')
  })
})

describe('the secret of an application', () => {
  test('is replaced by a new one, beside which the old one stays good for a day or not at all', async () => {
    const { application, merchant, secret } = await world.anApplication()
    const place = { merchantId: merchant.id, id: application.id }
    const bearer = (of: string | undefined) => said(around(''), { authorization: `Bearer ${of}` })
    const second = await gateway.openService.rotate(place, 'stays-a-day')
    expect([await bearer(secret), await bearer(second)]).toEqual(['200 none', '200 none'])
    const third = await gateway.openService.rotate(place, 'ends-now')
    const ended = '401 wsse:FailedAuthentication'
    expect([await bearer(secret), await bearer(second), await bearer(third)]).toEqual([ended, ended, '200 none'])
    expect(await gateway.openService.find(application.id)).toMatchObject({ lastUsedAt: expect.any(Date) as Date })
    expect(await gateway.openService.revoke(place)).toBe(true)
    expect(await bearer(third)).toBe(ended)
  })

  test('lies nowhere in clear', async () => {
    const { rows } = await gateway.database.pool.query<{ kept: string }>(
      'select row_to_json(s)::text as kept from open_secret s',
    )
    expectNowhere(rows, owner.secret.slice(11, -4))
  })

  test('P6.2: is not another merchant’s to replace', async () => {
    const stranger = await world.anApplication()
    const place = { merchantId: stranger.merchant.id, id: owner.application.id }
    expect(await gateway.openService.rotate(place, 'ends-now')).toBeUndefined()
    expect(await gateway.openService.revoke(place)).toBe(false)
  })
})

test('every document that a service names is there', async () => {
  for (const service of ['AmountCharging', 'AccountChangeNotification', 'SmsNotification']) {
    await expect(foreignClient(`${world.url}/parlayx/${service}?WSDL`, owner)).resolves.toBeDefined()
  }
  const { headers } = await fetchText(`/parlayx/SendSms?wsdl`)
  expect(headers.get('content-type')).toBe('text/xml; charset=utf-8')
  expect((await fetchText('/parlayx/SendSms')).status).toBe(404)
  expect((await fetchText('/parlayx/documents/none.xsd')).status).toBe(404)
})

function fetchText(path: string): Promise<Response> {
  return fetch(`${world.url}${path}`)
}

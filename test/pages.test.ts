import { expect, test } from 'vitest'
import { localAddress } from '../app/_glue/local-address'
import { contentSecurityPolicy, securityHeaders } from '../app/_glue/security-headers'
import { vcardExpiry } from '../app/_glue/vcard-look'
import nextConfig from '../next.config'
import { config as proxied } from '../proxy'

test.each([
  ['/account/cards', '/account/cards'],
  ['/pay/pay_01?x=1', '/pay/pay_01?x=1'],
  ['https://evil.example', '/account'],
  ['//evil.example', '/account'],
  ['/\\evil.example', '/account'],
  ['/a\\b', '/account'],
  ['javascript:alert(1)', '/account'],
  ['/a\r\nset-cookie: x', '/account'],
  [undefined, '/account'],
  [['/a', '/b'], '/account'],
  ['/' + 'a'.repeat(600), '/account'],
])('after logging in nobody is led to another site (%j)', (asked, led) => {
  expect(localAddress(asked, '/account')).toBe(led)
})

test('P9.8 only scripts with this answer’s nonce run, nobody frames a page, and style sheets are our own', () => {
  const policy = contentSecurityPolicy('abc', false)
  const directives = new Map(policy.split('; ').map((line) => [line.split(' ')[0], line]))
  expect(directives.get('script-src')).toBe(`script-src 'self' 'nonce-abc' 'strict-dynamic'`)
  expect(directives.get('frame-ancestors')).toBe(`frame-ancestors 'none'`)
  expect(directives.get('style-src')).not.toContain('unsafe-inline')
  expect(policy).not.toContain('unsafe-eval')
  expect(Object.fromEntries(securityHeaders)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'strict-transport-security': expect.stringMatching(/max-age=\d{8}/),
  })
})

test('P9.8 scripts, styles and pictures, which the proxy leaves out, are sent with the security headers too', async () => {
  const sources = new Map((await nextConfig.headers?.())?.map(({ source, headers }) => [source, headers]))
  const leftOut = /\(\?!(.*?)\)/.exec(proxied.matcher[0]!)![1]!.split('|')
  const ownHeaders = ['api/', 'camara/', 'parlayx/']
  for (const place of leftOut.filter((each) => !ownHeaders.includes(each))) {
    const headers = sources.get(`/${place}`) ?? sources.get(`/${place}/:path*`)
    expect([place, headers]).toEqual([place, securityHeaders.map(([key, value]) => ({ key, value }))])
  }
})

test('a V-Card’s expiry is the month in which it ends where its holder lives', () => {
  const lastNightOfTheYear = new Date('2026-12-31T16:00:00Z')
  expect(vcardExpiry(lastNightOfTheYear, 'Asia/Seoul')).toBe('01/27')
  expect(vcardExpiry(lastNightOfTheYear, 'Europe/Lisbon')).toBe('12/26')
})

import http from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WorldInside } from '../world.fixtures'
import { worldInside } from '../world.fixtures'
import { html } from './html'

let world: WorldInside
beforeAll(async () => {
  world = await worldInside()
})
afterAll(() => world.close())
beforeEach(() => world.reset())

/** The status of a request with exactly these headers; fetch would not let a test set Host. */
function statusOf(method: string, path: string, headers: Record<string, string>, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: world.ready.web, method, path, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.on('error', reject)
    request.end(body)
  })
}

const json = { 'content-type': 'application/json' }

describe('the control API is for this machine and for JSON', () => {
  const cases: readonly [what: string, method: string, headers: Record<string, string>, status: number][] = [
    ['JSON from a program', 'POST', json, 200],
    ['JSON from its own page', 'POST', { ...json, host: 'localhost:9', origin: 'http://localhost:9' }, 200],
    ['a form, as any page could send it', 'POST', { 'content-type': 'text/plain' }, 415],
    ['nothing said about its form', 'POST', {}, 415],
    ['JSON from another page', 'POST', { ...json, origin: 'https://evil.example' }, 403],
    ['a name that was rebound to this machine', 'POST', { ...json, host: 'evil.example' }, 421],
    ['a method that the address does not have', 'GET', {}, 405],
  ]
  test.each(cases)('%s', async (_, method, headers, status) => {
    expect(await statusOf(method, '/api/reset', headers, method === 'POST' ? '{}' : undefined)).toBe(status)
  })

  test('a rebound name may not even read', async () => {
    expect(await statusOf('GET', '/api/state', { host: 'evil.example' })).toBe(421)
  })

  test('what is no JSON, too long, or asks for something unknown is refused', async () => {
    const path = '/api/issuers/hanbit/switches'
    expect(await statusOf('POST', path, json, '{')).toBe(400)
    expect(await statusOf('POST', path, json, JSON.stringify({ x: 'x'.repeat(70_000) }))).toBe(413)
    expect(await statusOf('POST', path, json, '{"on":"authorization","do":{"kind":"explode"}}')).toBe(422)
    expect(await statusOf('POST', '/api/issuers/nobody/switches', json, '{}')).toBe(404)
    expect(await statusOf('GET', '/api/nothing', {})).toBe(404)
  })
})

describe('the page', () => {
  test('shows every issuer and the inbox, in the language asked for', async () => {
    const korean = await (await fetch(`${world.url}/?lang=ko`)).text()
    const english = await (await fetch(`${world.url}/`, { headers: { 'accept-language': 'en-GB,en;q=0.9' } })).text()
    expect(korean).toContain('<html lang="ko">')
    expect(english).toContain('<html lang="en">')
    for (const { name } of world.ready.issuers) {
      expect(korean).toContain(name.ko)
      expect(english).toContain(name.en)
    }
  })

  test('runs no script but its own and loads nothing from elsewhere', async () => {
    const answer = await fetch(`${world.url}/`)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    const addresses = [...(await answer.text()).matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address)
    expect(addresses.filter((address) => !/^[/#?]|^data:/.test(address ?? ''))).toEqual([])
  })

  test('is told when something has changed', async () => {
    const stop = new AbortController()
    const stream = await fetch(`${world.url}/api/changes`, { signal: stop.signal })
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    await world.switch('hanbit', { on: 'any', do: { kind: 'stall' }, times: 1 })
    let text = ''
    while (!text.includes('data: changed')) text += (await reader?.read())?.value ?? ''
    stop.abort()
  })

  test('cannot be broken by what a shop calls itself', () => {
    expect(html`<p title="${'"><script>'}">${'<b>&'}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;</p>',
    )
  })
})

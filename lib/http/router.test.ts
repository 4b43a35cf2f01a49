import { expect, test } from 'vitest'
import { createRouter } from './router'

const find = createRouter([
  { method: 'GET', path: '/things' },
  { method: 'POST', path: '/things' },
  { method: 'GET', path: '/things/:id' },
  { method: 'POST', path: '/things/:id/open' },
  { method: 'GET', path: '/things/latest' },
])

test('a path finds its row and its parameters', () => {
  expect(find('POST', '/things/t1/open')).toMatchObject({ kind: 'found', params: { id: 't1' } })
  expect(find('GET', '/things')).toMatchObject({ kind: 'found', row: { method: 'GET', path: '/things' } })
})

test('a fixed segment is found before a parameter', () => {
  expect(find('GET', '/things/latest')).toMatchObject({ row: { path: '/things/latest' } })
})

test('P10.6: a known path with another method is told which methods it has', () => {
  expect(find('DELETE', '/things')).toEqual({ kind: 'wrong-method', allowed: ['GET', 'HEAD', 'POST'] })
  expect(find('GET', '/things/t1/open')).toEqual({ kind: 'wrong-method', allowed: ['POST'] })
})

test('HEAD is answered where GET is', () => {
  expect(find('HEAD', '/things/t1')).toMatchObject({ kind: 'found', row: { method: 'GET' } })
})

test.each([
  '/',
  '',
  '/thing',
  '/things/',
  '/things//open',
  '/things/t1/',
  '/things/t1/close',
  '//things',
  '/THINGS',
  '/things/../things',
])('nothing is found at "%s"', (path) => {
  expect(find('GET', path)).toEqual({ kind: 'not-found' })
})

test('a table that names one place twice is refused at start', () => {
  const row = { method: 'GET', path: '/a' }
  expect(() => createRouter([row, row])).toThrow('twice')
})

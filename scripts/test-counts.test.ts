import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { playwrightCount, vitestCount } from './test-counts'

let folder: string
let file: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'moa-counts-'))
  file = path.join(folder, 'results.json')
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  ['all is well', { numPassedTests: 9, numFailedTests: 0 }, 0, { passed: 9, failed: 0 }],
  ['a test fails', { numPassedTests: 8, numFailedTests: 1 }, 1, { passed: 8, failed: 1 }],
  ['a file does not load', { numPassedTests: 8, numFailedTests: 0 }, 1, { passed: 8, failed: 1 }],
])('unit tests are counted when %s', (_, results, code, expected) => {
  writeFileSync(file, JSON.stringify(results))
  expect(vitestCount(file, code)).toEqual(expected)
})

test.each([
  ['all is well', { expected: 3, unexpected: 0, flaky: 0 }, 0, { passed: 3, failed: 0 }],
  ['one passes only when repeated', { expected: 2, unexpected: 0, flaky: 1 }, 0, { passed: 2, failed: 1 }],
  ['one fails', { expected: 2, unexpected: 1, flaky: 0 }, 1, { passed: 2, failed: 1 }],
])('journeys are counted when %s', (_, stats, code, expected) => {
  writeFileSync(file, JSON.stringify({ stats }))
  expect(playwrightCount(file, code)).toEqual(expected)
})

test('a run that crashed before it wrote its results counts as a failure', () => {
  expect(vitestCount(path.join(folder, 'none.json'), 1)).toEqual({ passed: 0, failed: 1 })
})

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

const REFUND = { status: 'failed', fullName: 'a refund is exact', failureMessages: ['expected 1 to be 2\n    at …'] }
const PAID = { status: 'passed', fullName: 'it is paid', failureMessages: [] }

test.each([
  ['all is well', [{ assertionResults: [PAID] }], 0, { passed: 9, failed: 0, failures: [] }],
  [
    'a test fails',
    [{ name: 'refunds.test.ts', status: 'failed', message: '', assertionResults: [PAID, REFUND] }],
    1,
    { passed: 9, failed: 1, failures: ['refunds.test.ts: a refund is exact\nexpected 1 to be 2\n    at …'] },
  ],
  [
    'a file does not load',
    [{ name: 'refunds.test.ts', status: 'failed', message: 'Unexpected token', assertionResults: [] }],
    1,
    { passed: 9, failed: 1, failures: ['refunds.test.ts\nUnexpected token'] },
  ],
])('unit tests are counted, and what failed is named, when %s', (_, testResults, code, expected) => {
  const failed = testResults.flatMap(({ assertionResults }) => assertionResults).filter((one) => one === REFUND)
  writeFileSync(file, JSON.stringify({ numPassedTests: 9, numFailedTests: failed.length, testResults }))
  expect(vitestCount(file, code)).toEqual(expected)
})

const journey = (status: string) => ({
  suites: [{ suites: [{ specs: [{ file: 'giro.spec.ts', title: 'giro is paid', tests: [{ status }] }] }] }],
})

test.each([
  ['all is well', { expected: 3, unexpected: 0, flaky: 0 }, 'expected', 0, { passed: 3, failed: 0, failures: [] }],
  [
    'one passes only when repeated',
    { expected: 2, unexpected: 0, flaky: 1 },
    'flaky',
    0,
    { passed: 2, failed: 1, failures: ['e2e/giro.spec.ts: giro is paid'] },
  ],
  [
    'one fails',
    { expected: 2, unexpected: 1, flaky: 0 },
    'unexpected',
    1,
    { passed: 2, failed: 1, failures: ['e2e/giro.spec.ts: giro is paid'] },
  ],
])('journeys are counted, and what failed is named, when %s', (_, stats, status, code, expected) => {
  writeFileSync(file, JSON.stringify({ stats, ...journey(status) }))
  expect(playwrightCount(file, code)).toEqual(expected)
})

test('a run that crashed before it wrote its results counts as a failure', () => {
  expect(vitestCount(path.join(folder, 'none.json'), 1)).toEqual({ passed: 0, failed: 1, failures: [] })
})

import { existsSync, readFileSync } from 'node:fs'
import type { Count } from './phase'

interface VitestResults {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly file: string
    readonly title: string
    readonly tests: readonly { readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[]
  }[]
}

interface PlaywrightResults extends PlaywrightSuite {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number }
}

/** How many lines of what went wrong are said again: enough for what was expected and what came. */
const LINES = 12

const FAILED = new Set(['unexpected', 'flaky'])

/** The tests of a Vitest run, from the file of its JSON reporter. */
export function vitestCount(file: string, exitCode: number): Count {
  return honest(file, exitCode, (results: VitestResults) => ({
    passed: results.numPassedTests,
    failed: results.numFailedTests,
    failures: results.testResults.flatMap(({ name, status, message, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed')
      if (failed.length === 0) return status === 'failed' ? [briefly(`${name}\n${message}`)] : []
      return failed.map((test) => briefly(`${name}: ${test.fullName}\n${test.failureMessages.join('\n')}`))
    }),
  }))
}

/** The tests of a Playwright run; one that passed only when repeated has failed. */
export function playwrightCount(file: string, exitCode: number): Count {
  return honest(file, exitCode, (results: PlaywrightResults) => ({
    passed: results.stats.expected,
    failed: results.stats.unexpected + results.stats.flaky,
    failures: failedSpecs(results),
  }))
}

function failedSpecs({ suites = [], specs = [] }: PlaywrightSuite): string[] {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests.filter(({ status }) => FAILED.has(status)).map(() => `e2e/${file}: ${title}`),
  )
  return [...own, ...suites.flatMap(failedSpecs)]
}

function briefly(text: string): string {
  return text.split('\n').slice(0, LINES).join('\n').trimEnd()
}

/** A run that failed counts at least one failure, even if no test did: a file that does not load, a crash, a left-over error. */
function honest<Results>(file: string, exitCode: number, count: (results: Results) => Count): Count {
  const counted = existsSync(file)
    ? count(JSON.parse(readFileSync(file, 'utf8')) as Results)
    : { passed: 0, failed: 0, failures: [] }
  return { ...counted, failed: exitCode === 0 ? counted.failed : Math.max(counted.failed, 1) }
}

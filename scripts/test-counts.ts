import { existsSync, readFileSync } from 'node:fs'
import type { Count } from './phase'

interface VitestResults {
  readonly numPassedTests: number
  readonly numFailedTests: number
}

interface PlaywrightResults {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number }
}

/** The tests of a Vitest run, from the file of its JSON reporter. */
export function vitestCount(file: string, exitCode: number): Count {
  return honest(file, exitCode, (results: VitestResults) => ({
    passed: results.numPassedTests,
    failed: results.numFailedTests,
  }))
}

/** The tests of a Playwright run; one that passed only when repeated has failed. */
export function playwrightCount(file: string, exitCode: number): Count {
  return honest(file, exitCode, ({ stats }: PlaywrightResults) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
  }))
}

/** A run that failed counts at least one failure, even if no test did: a file that does not load, a crash, a left-over error. */
function honest<Results>(file: string, exitCode: number, count: (results: Results) => Count): Count {
  const { passed, failed } = existsSync(file)
    ? count(JSON.parse(readFileSync(file, 'utf8')) as Results)
    : { passed: 0, failed: 0 }
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) }
}

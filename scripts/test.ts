import { rmSync } from 'node:fs'
import path from 'node:path'
import { Complaint, explain } from './complaint'
import { interruption } from './interruption'
import { walkJourneys } from './journeys'
import { describeWeights, overBudget } from './page-budgets'
import { pageWeights } from './page-weights'
import { checkPhase, resultFile, runNode } from './phase'
import type { Outcome, Phase } from './phase'
import { sayer } from './sayer'
import { playwrightCount, vitestCount } from './test-counts'
import { buildWeb } from './web-build'

const ROOT = path.resolve(import.meta.dirname, '..')
const inModules = (file: string) => path.join(ROOT, 'node_modules', file)
const say = sayer()
const stopped = interruption(say)

const lock = checkPhase('lock', ['scripts/complete-lock.mjs', '--check'])
const format = checkPhase('format', [inModules('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'])
const lint = checkPhase('lint', [inModules('eslint/bin/eslint.js'), '.', '--max-warnings', '0'])
const imports = checkPhase('imports', [
  ...[inModules('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs'],
  ...['app', 'components', 'lib', 'simulators', 'sdk', 'examples', 'scripts', 'bench', 'e2e'],
])
const types = checkPhase('types', [inModules('typescript/bin/tsc'), '--noEmit'])

let built = false

const build: Phase = {
  name: 'build',
  run: async (signal) => {
    await buildWeb(say, signal)
    built = true
    return { passed: 1, failed: 0 }
  },
}

/** First-load JavaScript of every page, by what the build says of itself. */
function weigh(): Outcome {
  if (!built) throw new Complaint('There are no pages to weigh, because the build failed.')
  const found = pageWeights(path.join(ROOT, '.next'))
  say(`The heaviest pages, JavaScript compressed:\n${describeWeights(found)}`)
  const failures = overBudget(found)
  return { passed: failures.length === 0 ? 1 : 0, failed: failures.length, failures }
}

const weights: Phase = { name: 'page weights', run: () => Promise.resolve().then(weigh) }

const unit: Phase = {
  name: 'unit and integration',
  run: async (signal) => {
    const file = resultFile('vitest')
    rmSync(file, { force: true })
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = await runNode(
      [inModules('vitest/vitest.mjs'), 'run', ...reporters],
      ['ignore', 'inherit', 'inherit'],
      signal,
    )
    return vitestCount(file, code)
  },
}

/** Each on a fresh system of its own: what counts the books of a whole day would count what the others have paid. */
function journeys(name: string, file: string, alone: boolean): Phase {
  return {
    name,
    run: async (signal) => {
      if (!built) throw new Complaint('There are no pages to walk through, because the build failed.')
      const results = resultFile(file)
      rmSync(results, { force: true })
      return playwrightCount(results, await walkJourneys({ args: [], alone, resultFile: results, say, signal }))
    },
  }
}

let passed = 0
let failed = 0
const failures: string[] = []

/** A phase that cannot even run has failed; the others still run, so that one command tells everything. */
async function run(phase: Phase): Promise<void> {
  const begin = performance.now()
  const outcome = await phase
    .run(stopped.signal)
    .catch((error: unknown): Outcome => ({ passed: 0, failed: 1, output: explain(error) }))
  if (stopped.signal.aborted) return
  passed += outcome.passed
  failed += outcome.failed
  if (outcome.failed > 0) failures.push(...(outcome.failures?.length ? outcome.failures : [phase.name]))
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  say(`${phase.name}: ${outcome.passed} passed, ${outcome.failed} failed, in ${seconds} s`)
  if (outcome.output) console.log(outcome.output)
}

async function inTurn(phases: readonly Phase[]): Promise<void> {
  for (const phase of phases) if (!stopped.signal.aborted) await run(phase)
}

// Two cores: what only reads beside what builds. Types wait for the build, which writes some of them; tests that keep time run alone.
await Promise.all([inTurn([lock, format, imports, lint]), inTurn([build, weights, types])])
await inTurn([
  unit,
  journeys('browser journeys', 'playwright', false),
  journeys('journeys that want to be alone', 'playwright-alone', true),
])

if (failures.length > 0) console.log(['', 'Failed:', ...failures, ''].join('\n'))
if (!stopped.signal.aborted) console.log(`${passed} passed, ${failed} failed`)
process.exit(stopped.exitCode() ?? (failed > 0 ? 1 : 0))

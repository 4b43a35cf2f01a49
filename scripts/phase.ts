import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { startChild } from './child'

const ROOT = path.resolve(import.meta.dirname, '..')
const LOGS = path.join(ROOT, '.build/test')

/** How many checks of a phase passed and failed. */
export interface Count {
  readonly passed: number
  readonly failed: number
  /** Each test that failed, with the first lines of why: said again at the end, where it is looked for. */
  readonly failures?: readonly string[]
}

export interface Outcome extends Count {
  /** Shown when something failed and has not been shown yet. */
  readonly output?: string
}

/** One of the things npm test does. */
export interface Phase {
  readonly name: string
  run(signal: AbortSignal): Promise<Outcome>
}

/** A program that passes or fails as a whole, and whose output matters only when it fails. */
export function checkPhase(name: string, command: readonly string[]): Phase {
  return {
    name,
    run: async (signal) => {
      mkdirSync(LOGS, { recursive: true })
      const log = path.join(LOGS, `${name}.log`)
      const file = openSync(log, 'w')
      const code = await runNode(command, ['ignore', file, file], signal)
      closeSync(file)
      return code === 0
        ? { passed: 1, failed: 0 }
        : { passed: 0, failed: 1, output: readFileSync(log, 'utf8').trimEnd() }
    },
  }
}

/** Runs a Node program of this project to its end, or until the signal. Answers its exit code. */
export async function runNode(
  command: readonly string[],
  stdio: ['ignore', number | 'inherit', number | 'inherit'],
  signal: AbortSignal,
): Promise<number> {
  signal.throwIfAborted()
  const child = startChild(command, { cwd: ROOT, env: process.env, stdio })
  const stop = () => void child.stop()
  signal.addEventListener('abort', stop)
  const code = await child.ended
  signal.removeEventListener('abort', stop)
  signal.throwIfAborted()
  return code
}

/** Where a phase's program writes its results. */
export function resultFile(name: string): string {
  mkdirSync(LOGS, { recursive: true })
  return path.join(LOGS, `${name}.json`)
}

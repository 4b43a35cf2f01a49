import { DurabilityOff } from '../lib/db/database'
import { UnusableEnvironment } from '../lib/env'

/** Something the person at the terminal can put right: its message says what is wrong and what to do, so it is shown without a stack. */
export class Complaint extends Error {
  override readonly name = 'Complaint'
}

/** What went wrong as one text: a complaint's sentence alone, anything else with its stack, because then the fault is ours. */
export function explain(error: unknown): string {
  if (error instanceof Complaint || error instanceof UnusableEnvironment || error instanceof DurabilityOff) {
    return error.message
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Runs the whole of a script; a failure is explained on stderr and makes the exit code 1. */
export async function runScript(main: () => Promise<number | void>): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    console.error(explain(error))
    process.exitCode = 1
  }
}

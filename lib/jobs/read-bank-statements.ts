import type { Job } from './job'

/** Reads the banks' statements of our accounts (camt.053), each once, and looks for their lines in our books. */
export const readBankStatements: Job = {
  name: 'read-bank-statements',
  everyMs: 20_000,
  runners: 'alone',
  runOnce: async ({ statements }) => {
    await statements.readDue()
    return false
  },
}

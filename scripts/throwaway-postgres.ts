import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { forgetFolder, watchFolder } from './guard'
import { startPostgres } from './postgres'
import type { RunningPostgres } from './postgres'

/** A fast PostgreSQL without durability in a temporary folder; `stop()` removes it with everything in it. */
export async function startThrowawayPostgres(): Promise<RunningPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'moa-postgres-'))
  // The server may run as another account, which must be able to enter.
  chmodSync(folder, 0o755)
  watchFolder(folder)
  const server = await startPostgres({ folder: path.join(folder, 'postgres'), throwaway: true })
  return {
    ...server,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
      forgetFolder(folder)
    },
  }
}

import path from 'node:path'
import { startPostgres } from './postgres'
import type { RunningPostgres } from './postgres'
import { temporaryFolder } from './temporary-folder'

/** A fast PostgreSQL without durability in a temporary folder; `stop()` removes it with everything in it. */
export async function startThrowawayPostgres(): Promise<RunningPostgres> {
  const folder = temporaryFolder('moa-postgres')
  try {
    const server = await startPostgres({ folder: path.join(folder.path, 'postgres'), throwaway: true })
    return {
      ...server,
      stop: async () => {
        await server.stop()
        folder.remove()
      },
    }
  } catch (error) {
    folder.remove()
    throw error
  }
}

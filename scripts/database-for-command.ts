import { existsSync } from 'node:fs'
import { Complaint } from './complaint'
import { chosenDataFolder, inDataFolder } from './data-folder'
import { runningPostgres, startPostgres } from './postgres'

export interface CommandDatabase {
  readonly url: string
  /** Leaves the database as it was found: running, or stopped. */
  release(): Promise<void>
}

/** The database that a command works on: that of DATABASE_URL, else the embedded one, running or not. */
export async function databaseForCommand(): Promise<CommandDatabase> {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, release: () => Promise.resolve() }
  const { postgres: folder } = inDataFolder(chosenDataFolder())
  if (!existsSync(folder)) {
    throw new Complaint('There is no database yet. Run npm start once, or set DATABASE_URL to the one you mean.')
  }
  const running = await runningPostgres(folder)
  if (running) return { url: running('moa'), release: () => Promise.resolve() }
  const started = await startPostgres({ folder })
  return { url: started.url('moa'), release: () => started.stop() }
}

import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { holderOf } from './claim'
import { Complaint, runScript } from './complaint'
import { chosenDataFolder, inDataFolder } from './data-folder'
import { readPostmaster } from './postmaster'
import { publicFolder } from './server-account'

/** Removes everything the system keeps, unless it is running. A database of DATABASE_URL is somebody else's and stays. */
async function reset(): Promise<void> {
  const folder = chosenDataFolder()
  const entries = inDataFolder(folder)
  const elsewhere = publicFolder(entries.postgres)

  const holder = holderOf(entries.claim)
  if (holder !== undefined) {
    throw new Complaint(
      `Moa is running on ${folder} (process ${holder}). Stop it with Ctrl-C where it runs, or with: kill ${holder}. Then run npm run reset again.`,
    )
  }
  for (const data of [path.join(entries.postgres, 'data'), path.join(elsewhere, 'postgres/data')]) {
    const server = readPostmaster(data)
    if (!server) continue
    throw new Complaint(
      `A PostgreSQL (process ${server.pid}) is still running on ${data}. Stop it with: kill -INT ${server.pid}. Then run npm run reset again.`,
    )
  }

  // Only what is ours: MOA_DATA may name a folder that holds other things too.
  const present = [...Object.values(entries), elsewhere].filter((entry: string) => existsSync(entry))
  for (const entry of present) rmSync(entry, { recursive: true, force: true, maxRetries: 5 })
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
  console.log(present.length > 0 ? `Emptied ${folder}.` : `There was nothing in ${folder}.`)
}

await runScript(reset)

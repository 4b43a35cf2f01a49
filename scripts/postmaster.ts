import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

/** A PostgreSQL server that runs on a data folder, as it says itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** The server running on this data folder, if there is one. */
export function readPostmaster(dataFolder: string): Postmaster | undefined {
  const file = path.join(dataFolder, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 0 || !port) return undefined
  return isPostgres(pid) ? { pid, port } : undefined
}

/**
 * Removes the note of a server that is no more. After a hard stop of the whole machine or container its process number may belong
 * to some other program, and then PostgreSQL would take the note for the truth and refuse to start.
 */
export function removeStalePostmaster(dataFolder: string): void {
  const file = path.join(dataFolder, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isPostgres(pid)) rmSync(file, { force: true })
}

function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  if (existsSync(`/proc/${pid}/comm`)) return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
  const answer = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })
  return answer.status !== 0 || answer.stdout.includes('postgres')
}

/** Whether a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

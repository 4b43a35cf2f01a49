import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import path from 'node:path'
import { Complaint } from './complaint'

/** The user that a PostgreSQL server runs as, because it refuses to run as root. */
export interface ServerAccount {
  readonly uid: number
  readonly gid: number
}

/**
 * The account for the server whose data lie (or will lie) in this folder; undefined when that is simply ourselves.
 * As root it is whoever the data belong to already, else the user `postgres`, created if need be, else `nobody`.
 */
export function serverAccount(dataFolder: string): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(dataFolder, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const existing = lookUp('postgres')
  if (existing) return existing
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  const account = lookUp('postgres') ?? lookUp('nobody')
  if (account) return account
  throw new Complaint(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor a way to add one. ' +
      'Run the command as another user, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  )
}

function lookUp(name: string): ServerAccount | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8' })
    return answer.status === 0 ? Number(answer.stdout.trim()) : undefined
  })
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { uid, gid }
}

/** Whether the account can get at this path: every folder above it must let it through. Asked of the kernel, so access lists count. */
export function canReach(account: ServerAccount, target: string): boolean {
  return spawnSync('test', ['-x', target], { ...account, cwd: '/' }).status === 0
}

/**
 * Where root keeps for the account what lies in a folder that the account cannot enter, as below a private home. Emptying the
 * folder must empty this too.
 */
export function publicFolder(folder: string): string {
  const name = createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 12)
  return `/var/lib/moa-${name}`
}

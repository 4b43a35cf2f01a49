import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { Complaint } from './complaint'
import { freePort } from './free-port'
import { forgetProcess, watchProcess } from './guard'
import { postgresBinaries } from './postgres-binaries'
import type { PostgresBinaries } from './postgres-binaries'
import { readPostmaster, removeStalePostmaster } from './postmaster'
import { canReach, publicFolder, serverAccount } from './server-account'
import type { ServerAccount } from './server-account'

/** How long the server may take to start or stop; recovery after a crash of a busy one is the slow case. */
const PATIENCE_S = 120

export interface PostgresOptions {
  /** Where its data, password and log lie; made when absent. */
  readonly folder: string
  /** The port on 127.0.0.1; a free one unless given. */
  readonly port?: number
  /** True gives up durability for speed, for data that nobody will miss. Never for a server that keeps anything. */
  readonly throwaway?: boolean
}

export interface RunningPostgres {
  /** Whether this start made the cluster, started it, or found it running. */
  readonly how: 'created' | 'started' | 'reused'
  readonly port: number
  /** Where its data really are: elsewhere when its account cannot enter the folder asked for. */
  readonly folder: string
  /** The connection string of one of its databases, with the password. */
  url(database: string): string
  /** Ends every connection and the server, and returns when it has gone. */
  stop(): Promise<void>
}

/** A cluster on this disk, and what it takes to command it. */
interface Cluster {
  readonly home: string
  readonly data: string
  readonly log: string
  readonly password: string
  readonly account: ServerAccount | undefined
  readonly binaries: PostgresBinaries
}

/**
 * Starts the embedded PostgreSQL in this folder, or takes over the one that is still running there after a crash.
 * It stops with `stop()`, and at the latest when this process has gone. Throws a Complaint that says what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const cluster = openCluster(path.resolve(options.folder))
  const created = !existsSync(path.join(cluster.data, 'PG_VERSION'))
  if (created) await createCluster(cluster, options.throwaway ?? false)

  const found = await findRunning(cluster)
  if (found) return handle(cluster, 'reused', found)

  const port = options.port ?? (await freePort())
  await start(cluster, port, options.throwaway ?? false)
  const running = readPostmaster(cluster.data)
  if (!running) throw new Complaint(`PostgreSQL ended right after it had started; see ${cluster.log}.`)
  return handle(cluster, created ? 'created' : 'started', running)
}

/** The connection strings of the PostgreSQL that already runs on this folder, left running; undefined when none does. */
export async function runningPostgres(folder: string): Promise<RunningPostgres['url'] | undefined> {
  const cluster = openCluster(path.resolve(folder))
  const found = await findRunning(cluster)
  return found && ((database) => urlOf(cluster, found.port, database))
}

function openCluster(folder: string): Cluster {
  const fallback = publicFolder(folder)
  makeFolder(folder, undefined)
  let account = serverAccount(path.join(folder, 'data'))
  let home = folder
  if (account && !canReach(account, folder)) {
    makeFolder(fallback, undefined)
    home = path.join(fallback, 'postgres')
    makeFolder(home, undefined)
    account = serverAccount(path.join(home, 'data'))
  }
  makeFolder(home, account)
  const password = path.join(home, 'password')
  if (!existsSync(password)) {
    writeFileSync(password, randomBytes(18).toString('base64url'), { mode: 0o600 })
    if (account) chownSync(password, account.uid, account.gid)
  }
  return {
    home,
    data: path.join(home, 'data'),
    log: path.join(home, 'server.log'),
    password: readFileSync(password, 'utf8'),
    account,
    binaries: postgresBinaries(account),
  }
}

function makeFolder(folder: string, account: ServerAccount | undefined): void {
  try {
    mkdirSync(folder, { recursive: true })
    if (account) chownSync(folder, account.uid, account.gid)
    if (process.getuid?.() === 0) chmodSync(folder, 0o755)
  } catch (error) {
    throw new Complaint(
      `The data folder ${folder} cannot be written (${String(error)}). Run as its owner, or set MOA_DATA to another folder.`,
    )
  }
}

async function createCluster(cluster: Cluster, throwaway: boolean): Promise<void> {
  // What an interrupted initdb left is not a cluster, and initdb refuses a folder with anything in it.
  rmSync(cluster.data, { recursive: true, force: true })
  const flags = [
    `--pgdata=${cluster.data}`,
    '--username=postgres',
    `--pwfile=${path.join(cluster.home, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    throwaway ? '--no-sync' : '--data-checksums',
  ]
  try {
    await run(cluster, cluster.binaries.initdb, flags)
  } catch (error) {
    rmSync(cluster.data, { recursive: true, force: true })
    throw new Complaint(
      `PostgreSQL could not create its data in ${cluster.data}: ${messageOf(error)}\nFree some space or set MOA_DATA to another folder, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

/** The server that a killed run left behind, if it answers; one that does not is stopped. */
async function findRunning(cluster: Cluster): Promise<{ pid: number; port: number } | undefined> {
  removeStalePostmaster(cluster.data)
  const postmaster = readPostmaster(cluster.data)
  if (!postmaster) return undefined
  if (await answers(urlOf(cluster, postmaster.port, 'postgres'))) return postmaster
  await stop(cluster, 'fast')
  return undefined
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function start(cluster: Cluster, port: number, throwaway: boolean): Promise<void> {
  const settings = [
    'listen_addresses=127.0.0.1',
    // No socket file: /tmp may be shared, and every client of ours comes by TCP.
    'unix_socket_directories=',
    // The processes of one machine, each with its pool, and a test run beside them.
    'max_connections=200',
    ...(throwaway ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ]
  const serverFlags = [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(' ')
  try {
    await run(cluster, cluster.binaries.pgCtl, [
      ...['start', '--wait', `--timeout=${PATIENCE_S}`, `--pgdata=${cluster.data}`, `--log=${cluster.log}`],
      `--options=${serverFlags}`,
    ])
  } catch (error) {
    throw new Complaint(
      `PostgreSQL did not start on port ${port} (${messageOf(error)}). Its last words are at the end of ${cluster.log}.`,
    )
  }
}

async function stop(cluster: Cluster, mode: 'fast' | 'immediate'): Promise<void> {
  const flags = ['stop', '--wait', `--timeout=${PATIENCE_S}`, `--pgdata=${cluster.data}`, `--mode=${mode}`]
  try {
    await run(cluster, cluster.binaries.pgCtl, flags)
  } catch (error) {
    // It may have ended by itself meanwhile; only one that is still there is a failure.
    const left = readPostmaster(cluster.data)
    if (left) throw new Complaint(`PostgreSQL (process ${left.pid}) did not stop: ${messageOf(error)}`)
  }
}

function handle(
  cluster: Cluster,
  how: RunningPostgres['how'],
  { pid, port }: { pid: number; port: number },
): RunningPostgres {
  watchProcess(pid, 'SIGINT')
  return {
    how,
    port,
    folder: cluster.home,
    url: (database) => urlOf(cluster, port, database),
    stop: async () => {
      await stop(cluster, 'fast')
      forgetProcess(pid)
    },
  }
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/${database}`
}

/** Runs one of PostgreSQL's programs; what it complains of becomes the error. */
async function run(cluster: Cluster, program: string, flags: string[]): Promise<void> {
  const child = spawn(program, flags, {
    ...cluster.account,
    // A working folder that the account may enter, and messages that are the same everywhere.
    cwd: cluster.home,
    env: { ...process.env, LC_ALL: 'C' },
    // Apart from the terminal, so that Ctrl-C does not cut a start or stop in half.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(complaint.trim() || `${path.basename(program)} ended with ${code}`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { startChild } from './child'
import { claim, holderOf } from './claim'
import { Complaint } from './complaint'
import { alone } from './installation.mjs'

const ROOT = path.resolve(import.meta.dirname, '..')
/** Written into the build when it is whole: what it was built from. */
const MARKER = path.join(ROOT, '.next/moa-sources')
const LOG = path.join(ROOT, '.build/next-build.log')

/** One file for each process that serves .next, named after it. */
const SERVERS = path.join(ROOT, '.build/serving')

/** Everything a page can be made of; tests and the scripts are not. */
const SOURCES = [
  ...['app', 'components', 'lib', 'locales', 'public', 'sdk'],
  ...['prisma/schema.prisma', 'proxy.ts', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json'],
]
const NOT_BUILT = /[.](test|contract|fixtures)[.]tsx?$|^lib\/db\/generated\//

/** Whether the pages in .next are built from the sources as they are now. */
export function isBuilt(): boolean {
  return existsSync(MARKER) && readFileSync(MARKER, 'utf8') === fingerprint()
}

/** Builds the pages if they are not. Throws a Complaint with what Next said when that fails. */
export async function buildWeb(say: (line: string) => void, signal: AbortSignal): Promise<void> {
  if (isBuilt()) return
  const work = async () => {
    if (!isBuilt()) await build(say, signal)
  }
  await alone(ROOT, 'build', () => say('Another command is building the pages; waiting for it.'), work, signal)
}

async function build(say: (line: string) => void, signal: AbortSignal): Promise<void> {
  const sources = fingerprint()
  signal.throwIfAborted()
  refuseUnderServers()
  say('Building the pages.')
  rmSync(MARKER, { force: true })
  mkdirSync(path.dirname(LOG), { recursive: true })
  const log = openSync(LOG, 'w')
  const child = startChild([path.join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', log, log],
  })
  const stop = () => void child.stop()
  signal.addEventListener('abort', stop)
  const code = await child.ended
  signal.removeEventListener('abort', stop)
  closeSync(log)
  signal.throwIfAborted()
  if (code !== 0) throw new Complaint(`The pages could not be built:\n${readFileSync(LOG, 'utf8').trimEnd()}`)
  writeFileSync(MARKER, sources)
}

/** Says that this process serves the build from now on, until the returned function is called. */
export function serveBuild(): () => void {
  return claim(path.join(SERVERS, String(process.pid)))
}

/** A server reads its files while it runs: a new build under it would break every page it shows. */
function refuseUnderServers(): void {
  const files = existsSync(SERVERS) ? readdirSync(SERVERS) : []
  const pid = files.map((file) => holderOf(path.join(SERVERS, file))).find((holder) => holder !== undefined)
  if (pid === undefined) return
  throw new Complaint(
    `The sources have changed and the pages must be built anew, but process ${pid} is serving the present build. Stop that npm start with Ctrl-C, then run this again.`,
  )
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesOf(source))
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(path.join(ROOT, file)))
  }
  return hash.digest('hex')
}

/** Paths from the root, in a lasting order. */
function filesOf(source: string): string[] {
  const entries = existsSync(path.join(ROOT, source)) ? list(source) : []
  return entries.filter((file) => !NOT_BUILT.test(file)).sort()
}

function list(source: string): string[] {
  try {
    const entries = readdirSync(path.join(ROOT, source), { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [source]
    throw error
  }
}

import { createInterface } from 'node:readline'
import path from 'node:path'
import { type Child, startChild } from '../../scripts/child'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** The processes of the gateway that carry payments on. */
export type VictimKind = 'api' | 'web' | 'worker'

/** A process that can be killed like by a power cut. */
export interface Victim {
  readonly pid: number
  /** SIGKILL, to it and all its descendants; resolves when it is gone. */
  kill(): Promise<void>
  /** Lets it end in good order. */
  stop(): Promise<void>
}

/** Starts a process of the gateway and resolves when it can take work. Throws when it ends before that. */
export async function startVictim(
  kind: VictimKind,
  env: Readonly<Record<string, string>>,
  webPort: number,
): Promise<Victim> {
  const command =
    kind === 'web'
      ? [path.join(ROOT, 'scripts/web.mjs'), '-p', String(webPort), '-H', '127.0.0.1']
      : ['--import', 'tsx', path.join(ROOT, `scripts/${kind}.ts`)]
  // Nothing of a test's own environment may reach it, such as the database of the other tests.
  const { PATH, HOME } = process.env
  const child = startChild(command, {
    cwd: ROOT,
    env: { PATH, HOME, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await ready(child, kind)
  const { pid } = child
  if (pid === undefined) throw new Error(`the ${kind} process has no number`)
  return {
    pid,
    async kill() {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
      await child.ended
    },
    stop: child.stop,
  }
}

/** The gateway's processes say in one line that they are ready; Next says so in a line of its own. */
async function ready(child: Child, kind: VictimKind): Promise<void> {
  const { stdout } = child.process
  if (!stdout) throw new Error('the output of a process is read to know when it is ready')
  const lines = createInterface(stdout)
  const said = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (kind === 'web' ? line.includes('Ready in') : line.includes('"ready":true')) resolve()
    })
  })
  const ended = child.ended.then((code) => {
    throw new Error(`the ${kind} process ended with code ${code} before it was ready`)
  })
  // Once it is ready, its end is no news.
  ended.catch(() => undefined)
  await Promise.race([said, ended])
}

import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startChild } from './child'
import type { Child } from './child'
import { Complaint } from './complaint'

/** A first start on a busy machine compiles a lot; a part that is not there by then will not come. */
const READY_WITHIN_MS = 120_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** A part that has run this long was healthy: the next failure starts counting anew. */
const HEALTHY_AFTER_MS = 60_000
const LAST_LINES = 15

export interface Supervised {
  readonly name: string
  readonly command: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Ready when something listens here; without a port, when it has started. */
  readonly readyPort?: number
  readonly logFolder: string
}

export interface Supervisor {
  stop(): Promise<void>
}

/**
 * Starts a part, waits until it is ready and from then on starts it again whenever it ends, later and later while it keeps failing.
 * Throws a Complaint with the end of its log when it ends before it is ready; nothing is left behind then.
 */
export async function supervise(
  part: Supervised,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Supervisor> {
  mkdirSync(part.logFolder, { recursive: true })
  const log = path.join(part.logFolder, `${part.name}.log`)
  const file = openSync(log, 'w')
  const start = () => startChild(part.command, { env: part.env, stdio: ['ignore', file, file] })
  const stopping = new AbortController()
  let child = start()

  try {
    await untilReady(part, child, signal)
  } catch (error) {
    await child.stop()
    closeSync(file)
    throw error instanceof NotReady ? new Complaint(`${part.name} ${error.message}.\n${endOf(log)}`) : error
  }

  const keeping = keepRunning()
  return {
    stop: async () => {
      stopping.abort()
      await child.stop()
      await keeping
      closeSync(file)
    },
  }

  async function keepRunning(): Promise<void> {
    let wait = FIRST_PAUSE_MS
    for (;;) {
      const since = Date.now()
      const code = await child.ended
      if (stopping.signal.aborted) return
      if (Date.now() - since > HEALTHY_AFTER_MS) wait = FIRST_PAUSE_MS
      say(`${part.name} ended (code ${code}); starting it again in ${wait / 1000} s. Its log is ${log}.`)
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      wait = Math.min(wait * 2, LONGEST_PAUSE_MS)
      child = start()
    }
  }
}

class NotReady extends Error {}

async function untilReady(part: Supervised, child: Child, signal: AbortSignal): Promise<void> {
  if (part.readyPort === undefined) return
  let code: number | undefined
  void child.ended.then((ended) => (code = ended))
  for (const end = Date.now() + READY_WITHIN_MS; ;) {
    signal.throwIfAborted()
    if (code !== undefined) throw new NotReady(`ended (code ${code}) before it was ready. The end of its log`)
    if (await isListening(part.readyPort)) return
    if (Date.now() > end) throw new NotReady(`was not ready after ${READY_WITHIN_MS / 1000} s. The end of its log`)
    await pause(50)
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function endOf(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n')
}

import { spawn } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { forgetProcess, watchProcess } from './guard'

/** How long a process has to end after SIGTERM before it is killed. */
const PATIENCE_MS = 10_000

export interface Child {
  readonly pid: number | undefined
  readonly process: ChildProcess
  /** How it ended: its exit code, or 1 when a signal ended it. */
  readonly ended: Promise<number>
  /** Ends it and all its descendants, gently first, and returns when they have gone. */
  stop(): Promise<void>
}

export interface ChildOptions {
  readonly cwd?: string
  readonly env: NodeJS.ProcessEnv
  readonly stdio: StdioOptions
}

/**
 * Starts a Node program as the head of a process group of its own. Ctrl-C at the terminal then reaches only us, who end the group
 * in the right order; and when we are killed, the guard ends it.
 */
export function startChild(command: readonly string[], options: ChildOptions): Child {
  const child = spawn(process.execPath, command, { ...options, detached: process.platform !== 'win32' })
  const { pid } = child
  if (pid !== undefined) watchProcess(groupOf(pid), 'SIGTERM')
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => {
      if (pid !== undefined) {
        // Whatever it started itself ends with it.
        send(groupOf(pid), 'SIGKILL')
        forgetProcess(groupOf(pid))
      }
      resolve(code ?? 1)
    })
  })
  return {
    pid,
    process: child,
    ended,
    stop: async () => {
      if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return
      send(groupOf(pid), 'SIGTERM')
      const timer = new AbortController()
      const patience = pause(PATIENCE_MS, 'late', { signal: timer.signal }).catch(() => 'ended')
      if ((await Promise.race([ended.then(() => 'ended'), patience])) === 'late') send(groupOf(pid), 'SIGKILL')
      timer.abort()
      await ended
    },
  }
}

function groupOf(pid: number): number {
  return process.platform === 'win32' ? pid : -pid
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Nobody left to be told.
  }
}

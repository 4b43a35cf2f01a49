import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'

let guard: ChildProcess | undefined

/** Tells the guard (guard-process.mjs), which is started with the first word and ends with this process. */
function tell(line: string): void {
  guard ??= startGuard()
  guard.stdin?.write(`${line}\n`)
}

function startGuard(): ChildProcess {
  // Detached, so that Ctrl-C at the terminal reaches us and not the guard; unreferenced, so that it keeps nobody alive.
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'guard-process.mjs')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.unref()
  const { stdin } = child
  if (stdin && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref()
  stdin?.on('error', () => undefined)
  return child
}

/** From now on this process, or with a negative number this process group, does not outlive us. */
export function watchProcess(pid: number, signal: NodeJS.Signals): void {
  tell(`watch ${pid} ${signal}`)
}

/** The process has ended: its number may soon be somebody else's. */
export function forgetProcess(pid: number): void {
  tell(`forget ${pid}`)
}

/** From now on this folder does not outlive us. */
export function watchFolder(folder: string): void {
  tell(`folder ${folder}`)
}

/** The folder has been removed. */
export function forgetFolder(folder: string): void {
  tell(`keep ${folder}`)
}

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive } from './postmaster'

interface Holder {
  readonly pid: number
  /** When and on which boot it started, because process numbers are used again. */
  readonly birth: string
}

/** Somebody living holds the file. */
export class Held extends Error {
  constructor(readonly pid: number) {
    super(`held by process ${pid}`)
  }
}

/** Makes this process the holder of the file until the returned function is called. Throws Held if another living process is. */
export function claim(file: string): () => void {
  const holder = holderOf(file)
  if (holder !== undefined && holder !== process.pid) throw new Held(holder)
  mkdirSync(path.dirname(file), { recursive: true })
  rmSync(file, { force: true })
  const mine: Holder = { pid: process.pid, birth: birthOf(process.pid) }
  try {
    writeFileSync(file, JSON.stringify(mine), { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new Held(holderOf(file) ?? 0)
  }
  return () => rmSync(file, { force: true })
}

/** The living process that holds the file, if any. */
export function holderOf(file: string): number | undefined {
  if (!existsSync(file)) return undefined
  try {
    const { pid, birth } = JSON.parse(readFileSync(file, 'utf8')) as Holder
    return isAlive(pid) && birthOf(pid) === birth ? pid : undefined
  } catch {
    return undefined
  }
}

function birthOf(pid: number): string {
  if (existsSync('/proc/self/stat')) {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // The program's name in brackets may hold spaces; the start is the 20th word after it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${boot}:${started}`
  }
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
}

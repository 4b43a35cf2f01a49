/** Whether node_modules holds what package-lock.json asks for, and bringing that about. Plain JavaScript: it runs before anything is installed. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * npm notes in node_modules/.package-lock.json what it has installed, as its last act: an interrupted installation has no note.
 * @param {string} root
 * @returns {boolean} whether every package of the lock file is installed in its version; optional ones may be absent
 */
export function isInstalled(root) {
  const note = path.join(root, 'node_modules/.package-lock.json')
  if (!existsSync(note)) return false
  const wanted = readPackages(path.join(root, 'package-lock.json'))
  const installed = readPackages(note)
  return Object.entries(wanted).every(([place, { version, optional, devOptional, link }]) => {
    if (place === '' || link) return true
    return installed[place] ? installed[place].version === version : optional || devOptional
  })
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

/**
 * Runs `npm ci`, its output on stderr.
 * @param {string} root
 * @param {(child: import('node:child_process').ChildProcess) => void} onChild is given the process, to pass signals on to
 * @returns {Promise<number>} npm's exit code
 */
export function install(root, onChild) {
  const npm = process.env.npm_execpath
  const [program, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  // The tests and the build need the development packages too, whatever NODE_ENV says.
  const child = spawn(program, [...before, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: program === 'npm' && process.platform === 'win32',
  })
  onChild(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/**
 * Runs the work while no other command of this checkout does, and waits for its turn. A holder that has died does not hold.
 * @param {string} root
 * @param {string} name what the work is, such as install
 * @param {() => void} onWait called once when it has to wait
 * @param {() => Promise<void>} work
 * @param {AbortSignal} [signal] ends the waiting
 */
export async function alone(root, name, onWait, work, signal) {
  mkdirSync(path.join(root, '.build'), { recursive: true })
  const lock = path.join(root, `.build/${name}.lock`)
  for (let waited = false; !take(lock); waited = true) {
    if (!waited) onWait()
    signal?.throwIfAborted()
    await pause(250)
  }
  try {
    await work()
  } finally {
    mine.delete(lock)
    rmSync(lock, { force: true })
  }
}

/** The locks that this process holds. */
const mine = new Set()

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    mine.add(lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  const holder = read(lock)
  // Just created and still without its number counts as held.
  if (!holder || isHeld(lock, Number(holder))) return false
  const dead = `${lock}.${process.pid}`
  try {
    renameSync(lock, dead)
    // Somebody else may have been quicker and hold it by now: then it is theirs.
    if (read(dead) === holder) rmSync(dead)
    else renameSync(dead, lock)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  return false
}

/** Our own number may be that of an earlier process: in a container that is started again the numbers repeat. */
function isHeld(lock, pid) {
  return pid === process.pid ? mine.has(lock) : isAlive(pid)
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

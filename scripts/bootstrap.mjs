/**
 * node scripts/bootstrap.mjs [--quiet] SCRIPT.ts [ARGUMENTS]
 *
 * Makes every command work on a fresh clone: checks Node, installs what package-lock.json asks for, generates the database
 * client, then runs the TypeScript script. With --quiet standard output belongs to the script alone.
 */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { clientIsStale, generateClient } from './generate.mjs'
import { alone, install, isInstalled } from './installation.mjs'

const NODE_NEEDED = [20, 19]
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const words = process.argv.slice(2)
const quiet = words[0] === '--quiet'
const [script, ...args] = quiet ? words.slice(1) : words

/** The process that signals are passed on to. */
let child
let signalled
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    signalled = signal
    child?.kill(signal)
  })
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor < NODE_NEEDED[1])) {
  fail(
    `Moa needs Node.js ${NODE_NEEDED.join('.')} or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org.`,
  )
}

if (!isInstalled(root) || clientIsStale())
  await alone(root, 'install', () => say('Another command is installing; waiting for it.'), prepare)
if (signalled) process.exit(128 + os.constants.signals[signalled])

child = spawn(
  process.execPath,
  ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, path.resolve(root, script), ...args],
  {
    cwd: root,
    stdio: 'inherit',
  },
)
child.once('error', (error) => fail(`${script} could not be started: ${error.message}`))
child.once('close', (code, signal) => process.exit(code ?? 128 + os.constants.signals[signal]))

async function prepare() {
  if (!isInstalled(root)) {
    say('Installing packages (npm ci); this takes a minute or two.')
    const code = await install(root, (npm) => (child = npm))
    if (signalled) return
    if (code !== 0)
      fail(
        'npm ci failed; its message is above. Check that the package registry can be reached, then run the command again.',
      )
  }
  if (clientIsStale()) {
    say('Generating the database client.')
    try {
      generateClient()
    } catch (error) {
      fail(error.message)
    }
  }
}

function say(text) {
  if (quiet) process.stderr.write(`${text}\n`)
  else process.stdout.write(`${text}\n`)
}

function fail(text) {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

/**
 * Where the thread of a packaged module begins. Plain JavaScript without any of our code: what runs here was written by
 * others, and sees neither our memory nor our environment.
 *
 * It says once what the package describes, then answers questions: { number, verb, args } in, { number, answer } or
 * { number, error } out. A question without a verb asks only whether the thread still listens.
 */
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'

const { source, settings } = workerData

/** A path begins with a dot or a slash, as in an import; everything else is the name of an installed package. */
async function entryOf(named) {
  if (!named.startsWith('.') && !path.isAbsolute(named)) return named
  const place = path.resolve(named)
  if (!(await stat(place)).isDirectory()) return pathToFileURL(place).href
  const { exports, main } = JSON.parse(await readFile(path.join(place, 'package.json'), 'utf8'))
  const root = exports?.['.'] ?? exports
  const file = [root, root?.import, root?.default, main].find((each) => typeof each === 'string') ?? 'index.js'
  return pathToFileURL(path.join(place, file)).href
}

const loaded = (await import(/* turbopackIgnore: true */ await entryOf(source))).default
let started

/** Begun with the first question, and anew after it failed: what it needs may not be there yet. */
function start() {
  started ??= Promise.resolve()
    .then(() => loaded.start({ settings }))
    .catch((error) => {
      started = undefined
      throw error
    })
  return started
}

const { spi, code, version, names, timing, holdsNothing, noticed, fields, verbs } = loaded ?? {}
parentPort.on('message', async ({ number, verb, args }) => {
  try {
    if (verb === undefined) return parentPort.postMessage({ number, answer: 'here' })
    const begun = await start()
    parentPort.postMessage({ number, answer: await begun[verb](...args) })
  } catch (error) {
    parentPort.postMessage({ number, error: error instanceof Error ? error.message : 'it failed' })
  }
})
parentPort.postMessage({ described: { spi, code, version, names, timing, holdsNothing, noticed, fields, verbs } })

/**
 * Ends what its parent started when the parent disappears in a way it could not tidy up after, `kill -9` included.
 * The parent holds our standard input: lines on it say what to watch, and its end says that the parent is gone.
 *
 *   watch PID SIGNAL    end this process with this signal; a negative PID is a process group
 *   forget PID          it has ended by itself
 *   folder PATH         remove this folder afterwards
 *   keep PATH           no longer
 */
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'

/** How long the watched have to end by themselves before they are killed. */
const PATIENCE_MS = 10_000

const processes = new Map()
const folders = new Set()

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, ...words] = line.split(' ')
  if (verb === 'watch') processes.set(Number(words[0]), words[1])
  if (verb === 'forget') processes.delete(Number(words[0]))
  if (verb === 'folder') folders.add(words.join(' '))
  if (verb === 'keep') folders.delete(words.join(' '))
}

for (const [pid, signal] of processes) send(pid, signal)
for (const end = Date.now() + PATIENCE_MS; Date.now() < end && living().length > 0;) await pause(50)
for (const pid of living()) send(pid, 'SIGKILL')
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })

function living() {
  return [...processes.keys()].filter((pid) => send(pid, 0))
}

/** Whether there was anybody to send it to. */
function send(pid, signal) {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { expect, test, vi } from 'vitest'

// Whole processes start and stop here, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 })

const ROOT = path.resolve(import.meta.dirname, '..')

/** How a process ends that is told to while this is what it has to finish. */
async function endedWith(finish: string): Promise<unknown> {
  const script = `import { endOnSignal } from './scripts/ending.ts'
    endOnSignal(${finish}, 200)
    setInterval(() => undefined, 1000)
    console.log('ready')`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  await once(child.stdout, 'data')
  child.kill('SIGTERM')
  const [code] = (await exit) as [number | null]
  return code
}

test('P9.1: a process that is told to end finishes what is under way', async () => {
  expect(await endedWith('() => new Promise((resolve) => setImmediate(resolve))')).toBe(0)
})

test('P9.1: a job that does not come to its end does not keep the process from ending', async () => {
  expect(await endedWith('() => new Promise(() => undefined)')).toBe(1)
})

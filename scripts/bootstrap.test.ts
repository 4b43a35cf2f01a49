import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'moa-bootstrap-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function bootstrap(program: string, flags: readonly string[] = [], args: readonly string[] = []) {
  const script = path.join(folder, 'script.mts')
  writeFileSync(script, program)
  return spawn(process.execPath, ['scripts/bootstrap.mjs', ...flags, script, ...args], {
    cwd: path.resolve(import.meta.dirname, '..'),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

test('a quiet command writes to standard output what its script writes, and nothing else', async () => {
  const child = bootstrap(
    `const input: string[] = []
     for await (const part of process.stdin) input.push(String(part))
     console.log(JSON.stringify({ input: input.join(''), args: process.argv.slice(2) }))`,
    ['--quiet'],
    ['--cards', '3'],
  )
  child.stdin.end('an instance')
  expect(JSON.parse(await text(child.stdout))).toEqual({ input: 'an instance', args: ['--cards', '3'] })
})

test('a command ends with the exit code of its script', async () => {
  const child = bootstrap('process.exitCode = 7')
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(7)
})

test('a command that is told to end lets its script tidy up first', async () => {
  const child = bootstrap(
    `process.on('SIGTERM', () => { console.log('tidied'); process.exit(3) })
     setInterval(() => undefined, 1000)
     console.log('ready')`,
  )
  const exit = once(child, 'exit')
  const output: string[] = []
  for await (const part of child.stdout) {
    output.push(String(part))
    if (String(part).includes('ready')) child.kill('SIGTERM')
  }
  expect(output.join('')).toBe('ready\ntidied\n')
  expect(await exit).toEqual([3, null])
})

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alone, isInstalled } from './installation.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'moa-installation-'))
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

type Packages = Record<string, { version?: string; optional?: boolean }>

const wanted: Packages = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/only-on-mac': { version: '3.0.0', optional: true },
}

describe('a fresh clone is installed once, and again when its lock file changes', () => {
  const cases: [string, Packages | undefined, boolean][] = [
    ['nothing is installed', undefined, false],
    ['everything this platform can have is installed', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['a package is missing', {}, false],
    ['a package has another version', { 'node_modules/a': { version: '0.9.0' } }, false],
    [
      'an optional package has another version',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/only-on-mac': { version: '2.0.0' } },
      false,
    ],
  ]
  test.each(cases)('%s', (_, installed, expected) => {
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }))
    mkdirSync(path.join(root, 'node_modules'))
    if (installed)
      writeFileSync(path.join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }))
    expect(isInstalled(root)).toBe(expected)
  })
})

test('two commands that would both install do so one after the other', async () => {
  const steps: string[] = []
  let release = () => undefined as void
  const held = new Promise<void>((resolve) => (release = resolve))
  const first = alone(
    root,
    'install',
    () => steps.push('first waits'),
    async () => {
      steps.push('first begins')
      await held
      steps.push('first ends')
    },
  )
  const second = alone(
    root,
    'install',
    () => {
      steps.push('second waits')
      release()
    },
    async () => {
      steps.push('second begins')
    },
  )
  await Promise.all([first, second])
  expect(steps).toEqual(['first begins', 'second waits', 'first ends', 'second begins'])
})

test.each([
  ['its number is nobody’s', 999_999_999],
  ['its number is ours now', process.pid],
])('a command that was killed while it installed does not keep the next one waiting: %s', async (_, pid) => {
  mkdirSync(path.join(root, '.build'))
  writeFileSync(path.join(root, '.build/install.lock'), String(pid))
  let worked = false
  await alone(
    root,
    'install',
    () => undefined,
    async () => {
      worked = true
    },
  )
  expect(worked).toBe(true)
  expect(existsSync(path.join(root, '.build/install.lock'))).toBe(false)
})

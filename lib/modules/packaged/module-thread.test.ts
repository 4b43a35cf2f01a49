import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ModuleThread } from './module-thread'

const elsewhere = await mkdtemp(path.join(tmpdir(), 'moa-stranger-'))
const entry = path.join(elsewhere, 'index.mjs')
await writeFile(
  entry,
  `export default {
    spi: 1, code: 'mute', version: '1', names: { ko: '묵묵', en: 'Mute' },
    verbs: ['plan', 'authorize', 'capture', 'void'],
    start: () => ({ plan: () => 'planned', authorize: () => new Promise(() => {}) }),
  }`,
)
const thread = new ModuleThread({ package: entry, settings: {} }, 2_000)
afterAll(async () => {
  await thread.close()
  await rm(elsewhere, { recursive: true, force: true })
})

const asked = (verb: 'plan' | 'authorize') =>
  thread.ask(verb, []).catch((error: unknown) => (error instanceof Error ? error.message : error))

test('P9.2, P9.5: a module whose promises never settle is asked no more than so often at once, and is forgotten what it owes', async () => {
  await thread.describe()
  const waiting = Array.from({ length: 1_000 }, () => asked('authorize'))
  expect(await asked('plan')).toBe('the module owes too many answers')
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['the module did not answer in time']))
  expect(await asked('plan')).toBe('planned')
})

import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Journal } from './journal'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'journal-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const written = (journal: Journal) => new Promise<void>((resolve) => journal.whenWritten(resolve))

test('what is reported as written is in the file, in order, Korean and all', async () => {
  const name = path.join(folder, 'book.journal')
  const { journal } = Journal.open(name)
  journal.append('첫째')
  await written(journal)
  expect(readFileSync(name, 'utf8')).toBe('첫째\n')
  for (let line = 0; line < 1000; line++) journal.append(`${line}`)
  await journal.close()
  expect(Journal.open(name).lines).toEqual(['첫째', ...Array.from({ length: 1000 }, (_, line) => `${line}`)])
})

test('a line that was cut off by the end of the process is dropped, and the next one starts afresh', async () => {
  const name = path.join(folder, 'book.journal')
  const first = Journal.open(name).journal
  first.append('whole')
  await first.close()
  appendFileSync(name, 'cut o')
  const { journal, lines } = Journal.open(name)
  expect(lines).toEqual(['whole'])
  journal.append('next')
  await journal.close()
  expect(readFileSync(name, 'utf8')).toBe('whole\nnext\n')
})

test('whoever asks while a write is under way is told when it is done, even if nothing follows', async () => {
  const { journal } = Journal.open(path.join(folder, 'book.journal'))
  const told: string[] = []
  journal.append('line')
  journal.whenWritten(() => told.push('before'))
  // The write begins in the next turn of the event loop and is under way after it.
  await new Promise((resolve) => setImmediate(resolve))
  journal.whenWritten(() => told.push('during'))
  await journal.close()
  expect(told).toEqual(['before', 'during'])
})

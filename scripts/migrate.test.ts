import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { emptyDatabase } from '../test/database'
import { migrateDeploy } from './migrate'

let database: Awaited<ReturnType<typeof emptyDatabase>>
let folder: string

beforeEach(async () => {
  database = await emptyDatabase()
  folder = mkdtempSync(path.join(tmpdir(), 'moa-migrations-'))
})

afterEach(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

function write(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true })
  writeFileSync(path.join(folder, name, 'migration.sql'), sql)
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('migrations are applied once, in the order of their names', async () => {
  write('2_fill', `INSERT INTO shop VALUES ('a;b')`)
  write('1_make', 'CREATE TABLE shop (name text)')
  expect(await migrateDeploy(database.url, folder)).toEqual({ applied: ['1_make', '2_fill'], edited: [] })
  expect(await migrateDeploy(database.url, folder)).toEqual({ applied: [], edited: [] })
  expect(await query('SELECT * FROM shop')).toEqual([{ name: 'a;b' }])
})

test('a migration that fails on its last line leaves nothing and can be tried again once it is right', async () => {
  write('1_make', 'CREATE TABLE shop (name text);\nINSERT INTO shops VALUES (1)')
  await expect(migrateDeploy(database.url, folder)).rejects.toThrow(/1_make failed and was undone: .*"shops".*line 2/)
  expect(await query(`SELECT to_regclass('shop') AS shop`)).toEqual([{ shop: null }])
  write('1_make', 'CREATE TABLE shop (name text)')
  expect((await migrateDeploy(database.url, folder)).applied).toEqual(['1_make'])
})

test('gateways that start at the same moment apply each migration once', async () => {
  write('1_make', 'CREATE TABLE shop (name text)')
  const reports = await Promise.all([1, 2, 3, 4].map(() => migrateDeploy(database.url, folder)))
  expect(reports.flatMap((report) => report.applied)).toEqual(['1_make'])
})

test('a migration changed after it was applied is named', async () => {
  write('1_make', 'CREATE TABLE shop (name text)')
  await migrateDeploy(database.url, folder)
  write('1_make', 'CREATE TABLE shop (name text, town text)')
  expect(await migrateDeploy(database.url, folder)).toEqual({ applied: [], edited: ['1_make'] })
})

test('a migration that another program left half done is refused with what to do', async () => {
  write('1_make', 'CREATE TABLE shop (name text)')
  await migrateDeploy(database.url, folder)
  await query('UPDATE _prisma_migrations SET finished_at = NULL')
  await expect(migrateDeploy(database.url, folder)).rejects.toThrow(/1_make .* prisma migrate resolve/)
})

import { expect, test } from 'vitest'
import { openSchemaEngine } from '../scripts/schema-engine'
import { freshDatabase } from './database'

test('the migrations make exactly the tables that the schema describes', async () => {
  const database = await freshDatabase()
  const engine = await openSchemaEngine(database.url)
  try {
    expect(await engine.drift()).toBe('')
  } finally {
    engine.close()
    await database.drop()
  }
})

test('a migrated database is in order in the eyes of Prisma’s own engine', async () => {
  const database = await freshDatabase()
  const engine = await openSchemaEngine(database.url)
  try {
    expect(await engine.complaints()).toEqual([])
  } finally {
    engine.close()
    await database.drop()
  }
})

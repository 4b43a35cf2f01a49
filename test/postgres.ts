import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { clientIsStale, generateClient } from '../scripts/generate.mjs'
import { migrateDeploy } from '../scripts/migrate'
import { startThrowawayPostgres } from '../scripts/throwaway-postgres'

/** The migrated, empty database that every test database is a copy of. */
export const TEMPLATE = 'template_migrated'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the run's PostgreSQL with the database left out: append `/name`. */
    postgres: string
  }
}

/** One real PostgreSQL for the whole run: started before the first test file, gone after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (clientIsStale()) generateClient()
  const server = await startThrowawayPostgres()
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  await client.query(`CREATE DATABASE ${TEMPLATE}`)
  await client.end()
  await migrateDeploy(server.url(TEMPLATE))
  project.provide('postgres', server.url('').slice(0, -1))
  return () => server.stop()
}

import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { MigrationList, SchemaFilter, SchemasContainer } from '@prisma/schema-engine-wasm'
import { schemaAdapter } from './schema-adapter'

const ROOT = path.resolve(import.meta.dirname, '..')
const SCHEMA = path.join(ROOT, 'prisma/schema.prisma')
export const MIGRATIONS = path.join(ROOT, 'prisma/migrations')

/** Nothing in the database is somebody else's: the schema file describes it whole. */
const filters: SchemaFilter = { externalTables: [], externalEnums: [] }

export interface SchemaEngine {
  /** The SQL that leads from what the migrations make to what schema.prisma says; empty when they agree. */
  drift(): Promise<string>
  /** Writes the next migration; undefined when the schema asks for none. The database must have had all earlier ones. */
  nextMigration(name: string): Promise<{ name: string; sql: string } | undefined>
  /** How the database stands to the migrations, in sentences; empty when it has had them all, unchanged. */
  complaints(): Promise<string[]>
  close(): void
}

/** Prisma's own schema engine as WebAssembly, for writing and checking migrations. A developer's tool: nothing that runs needs it. */
export async function openSchemaEngine(databaseUrl: string): Promise<SchemaEngine> {
  await load()
  const schema: SchemasContainer = { files: [{ path: SCHEMA, content: await readFile(SCHEMA, 'utf8') }] }
  const engine = await bindings.SchemaEngine.new(
    { datamodels: schema.files.map((file) => [file.path, file.content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(schemaAdapter(databaseUrl)),
  )
  return {
    drift: async () => {
      const { stdout, exitCode } = await engine.diff({
        from: { tag: 'migrations', ...(await migrationList()) },
        to: { tag: 'schemaDatamodel', ...schema },
        script: true,
        exitCode: true,
        filters,
      })
      return exitCode === 0 ? '' : (stdout ?? 'an unnamed difference')
    },
    nextMigration: async (name) => {
      const migrationsList = await migrationList()
      // The engine writes a migration only after this question, which makes it replay the earlier ones.
      const { action } = await engine.devDiagnostic({ migrationsList, filters })
      if (action.tag === 'reset') throw new Error(action.reason)
      const made = await engine.createMigration({ draft: false, migrationName: name, migrationsList, schema, filters })
      return made.migrationScript ? { name: made.generatedMigrationName, sql: made.migrationScript } : undefined
    },
    complaints: async () => {
      const migrationsList = await migrationList()
      const found = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters })
      const history = found.history
      return [
        ...found.failedMigrationNames.map((name) => `${name} failed`),
        ...found.editedMigrationNames.map((name) => `${name} was changed after it was applied`),
        ...(history && 'unappliedMigrationNames' in history ? history.unappliedMigrationNames : []).map(
          (name) => `${name} has not been applied`,
        ),
        ...(history && 'unpersistedMigrationNames' in history ? history.unpersistedMigrationNames : []).map(
          (name) => `${name} was applied and has no file here`,
        ),
      ]
    },
    close: () => engine.free(),
  }
}

let loaded: Promise<void> | undefined

function load(): Promise<void> {
  loaded ??= instantiate()
  return loaded
}

async function instantiate(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
  const code = await readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
  // The engine calls this before it gives up; its own message then follows as an ordinary error.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: () => undefined } })
  const { instance } = await WebAssembly.instantiate(code, {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  })
  bindings.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start: begin } = instance.exports
  if (typeof begin === 'function') begin()
}

async function migrationList(): Promise<MigrationList> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return {
    baseDir: MIGRATIONS,
    shadowDbInitScript: '',
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(MIGRATIONS, 'migration_lock.toml'), 'utf8'),
    },
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  }
}

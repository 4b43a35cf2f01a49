import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils'
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** PostgreSQL's internal one-byte "char", which its catalogue tables use and Prisma's adapter does not know. */
const CHAR_OID = 18
const TEXT_OID = 25

type PrismaAdapter = Awaited<ReturnType<PrismaPg['connect']>>

/** The part of Prisma's adapter that meets the raw answer of the server. It is private there, hence this description. */
interface RawAnswers {
  performIO(query: SqlQuery): Promise<{ fields?: { dataTypeID: number }[] }>
}

/**
 * What the schema engine speaks to the database through: Prisma's own adapter, with what the engine needs and queries do not.
 * Its shadow database, in which the engine replays the migrations, is made beside the real one and dropped afterwards.
 */
export function schemaAdapter(databaseUrl: string): SqlMigrationAwareDriverAdapterFactory {
  // Taken apart, because given a whole connection string Prisma would replay the migrations in the real database.
  const url = new URL(databaseUrl)
  const config = {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    max: 1,
  }
  const database = decodeURIComponent(url.pathname.slice(1))
  const shadow = `${database}_shadow`

  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: async () => adapt(await new PrismaPg({ ...config, database }).connect()),
    connectToShadowDb: async () => {
      const admin = new pg.Client({ ...config, database: 'postgres' })
      await admin.connect()
      const drop = () => admin.query(`DROP DATABASE IF EXISTS ${admin.escapeIdentifier(shadow)} WITH (FORCE)`)
      await drop()
      await admin.query(`CREATE DATABASE ${admin.escapeIdentifier(shadow)} TEMPLATE template0`)
      const adapter = await new PrismaPg({ ...config, database: shadow }).connect()
      return adapt(adapter, async () => {
        await drop()
        await admin.end()
      })
    },
  }
}

function adapt(adapter: PrismaAdapter, afterwards: () => Promise<void> = async () => undefined): SqlDriverAdapter {
  const charColumns = readCharAsText(adapter)
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    getConnectionInfo: () => adapter.getConnectionInfo(),
    startTransaction: (isolation) => adapter.startTransaction(isolation),
    executeRaw: (query) => adapter.executeRaw(query),
    queryRaw: async (query) => withCharTypes(await adapter.queryRaw(query), charColumns()),
    // Sent whole: Prisma's adapter cuts a script at every semicolon, through the middle of function bodies.
    executeScript: async (script) => {
      try {
        await adapter.underlyingDriver().query(script)
      } catch (error) {
        throw inEngineWords(error)
      }
    },
    dispose: async () => {
      await adapter.dispose()
      await afterwards()
    },
  }
}

/** Makes the adapter read "char" as text; the returned function tells which columns of the last answer were "char". */
function readCharAsText(adapter: PrismaAdapter): () => readonly number[] {
  const raw = adapter as unknown as RawAnswers
  const performIO = raw.performIO.bind(adapter)
  let columns: number[] = []
  raw.performIO = async (query) => {
    const answer = await performIO(query)
    columns = []
    for (const [index, field] of (answer.fields ?? []).entries()) {
      if (field.dataTypeID !== CHAR_OID) continue
      field.dataTypeID = TEXT_OID
      columns.push(index)
    }
    return answer
  }
  return () => columns
}

function withCharTypes(result: SqlResultSet, charColumns: readonly number[]): SqlResultSet {
  for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character
  return result
}

/** An error of the server in the form from which the engine reads its message; anything else as it is. */
function inEngineWords(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? 'XX000',
    severity: error.severity ?? 'ERROR',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  })
}

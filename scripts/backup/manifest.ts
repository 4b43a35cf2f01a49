import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { Complaint } from '../complaint'

/** What lies in the folder of a backup: the rows of each table, compressed, and what they have to be. */
const manifest = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  /** Of the database that was backed up, in the order in which they were applied. */
  migrations: z.array(z.string()).min(1),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()).min(1),
      rows: z.int().min(0),
      /** Of the compressed file. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
})
export type Manifest = z.output<typeof manifest>

export const MANIFEST = 'manifest.json'
export const fileOf = (folder: string, table: string) => path.join(folder, 'tables', `${table}.copy.gz`)

/** @throws Complaint when the folder is no backup, or not all of one */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => undefined)
  if (text === undefined) throw new Complaint(`${folder} is no backup: it has no ${MANIFEST}.`)
  const read = manifest.safeParse(parsed(text))
  if (!read.success) throw new Complaint(`${path.join(folder, MANIFEST)} is not what a backup writes.`)
  for (const { name, sha256 } of read.data.tables) {
    const file = fileOf(folder, name)
    const found = await sha256Of(file).catch(() => undefined)
    if (found !== sha256)
      throw new Complaint(`${file} is ${found ? 'not what was written' : 'missing'}: nothing was restored.`)
  }
  return read.data
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import path from 'node:path'

/**
 * Writes a file whole and on the disk when this returns, or not under its name. Memory stays the same whatever its length.
 * A writer that has lost its place to another without knowing it writes into a part of its own; the same content has the
 * same bytes, so whoever comes last changes nothing.
 * @returns the SHA-256 of its bytes, in hex
 */
export async function writeWhole(folder: string, name: string, pieces: AsyncIterable<string>): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const part = path.join(folder, `${name}.${randomBytes(6).toString('hex')}.part`)
  const handle = await open(part, 'wx', 0o600)
  const hash = createHash('sha256')
  try {
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece)
      hash.update(bytes)
      await handle.writeFile(bytes)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, path.join(folder, name))
  const place = await open(folder, 'r')
  try {
    // Without this the name may be gone after a power cut although the bytes are there.
    await place.sync()
  } finally {
    await place.close()
  }
  return hash.digest('hex')
}

/** The SHA-256 of a file's bytes, in hex; undefined when there is no such file. */
export async function digestOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) hash.update(piece)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  return hash.digest('hex')
}

/** Writes the Prisma client to lib/db/generated from prisma/schema.prisma. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const marker = path.join(root, 'lib/db/generated/.source')
const sources = ['prisma/schema.prisma', 'node_modules/prisma/package.json', 'node_modules/@prisma/client/package.json']

function fingerprint() {
  const hash = createHash('sha256')
  for (const source of sources) hash.update(readFileSync(path.join(root, source)))
  return hash.digest('hex')
}

/** @returns {boolean} whether the client is missing or was made from another schema or by another Prisma */
export function clientIsStale() {
  return !existsSync(marker) || readFileSync(marker, 'utf8') !== fingerprint()
}

/** Makes the client; throws with what Prisma said when it could not. */
export function generateClient() {
  const answer = spawnSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      // Generating needs no engine, yet Prisma insists on a path to one and would otherwise download it.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  })
  if (answer.status !== 0) {
    throw new Error(
      `The Prisma client could not be generated from prisma/schema.prisma:\n${answer.stdout}${answer.stderr}`,
    )
  }
  writeFileSync(marker, fingerprint())
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  generateClient()
  console.log('The Prisma client is in lib/db/generated.')
}

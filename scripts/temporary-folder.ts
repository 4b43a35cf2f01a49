import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { forgetFolder, watchFolder } from './guard'

export interface TemporaryFolder {
  readonly path: string
  remove(): void
}

/** A new folder that does not outlive this process, however that ends. PostgreSQL's own account may enter it. */
export function temporaryFolder(name: string): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`))
  chmodSync(folder, 0o755)
  watchFolder(folder)
  return {
    path: folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
      forgetFolder(folder)
    },
  }
}

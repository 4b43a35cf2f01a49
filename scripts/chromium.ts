import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { Complaint } from './complaint'

const ROOT = path.resolve(import.meta.dirname, '..')

export interface Browser {
  readonly executable: string
  /** Variables it needs in its environment. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * A Chromium for the tests, without downloading one: that of CHROMIUM_PATH, the one Playwright has installed, one on the PATH, or
 * on Linux x64 the one inside an npm package. Throws a Complaint when there is none.
 */
export function findChromium(env: NodeJS.ProcessEnv): Browser {
  if (env.CHROMIUM_PATH) {
    if (existsSync(env.CHROMIUM_PATH)) return { executable: env.CHROMIUM_PATH, env: {} }
    throw new Complaint(`CHROMIUM_PATH is ${env.CHROMIUM_PATH}, and there is no such file. Correct it, or unset it.`)
  }
  const installed = [chromium.executablePath(), ...onPath(env)].find((file) => existsSync(file))
  if (installed) return { executable: installed, env: {} }
  if (process.platform === 'linux' && process.arch === 'x64') return unpacked()
  throw new Complaint(
    'The browser tests found no Chromium. Install one with "npx playwright install chromium", or set CHROMIUM_PATH to one.',
  )
}

function onPath(env: NodeJS.ProcessEnv): string[] {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)))
}

/** The package holds the browser compressed, with the libraries a bare Linux lacks. It is unpacked once, whole or not at all. */
function unpacked(): Browser {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('@sparticuz/chromium')
  const { version } = JSON.parse(readFileSync(path.join(entry, '../../../package.json'), 'utf8')) as { version: string }
  const folder = path.join(ROOT, `.build/chromium-${version}`)
  if (!existsSync(folder)) unpack(entry, folder)
  return {
    executable: path.join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'), FONTCONFIG_PATH: path.join(folder, 'fonts') },
  }
}

function unpack(entry: string, folder: string): void {
  const partial = `${folder}.${process.pid}`
  mkdirSync(partial, { recursive: true })
  const program = `require(${JSON.stringify(entry)}).executablePath().catch((e) => { console.error(e); process.exit(1) })`
  const answer = spawnSync(process.execPath, ['-e', program], {
    encoding: 'utf8',
    // It unpacks into the temporary folder, and its libraries only where it believes to be on Amazon's Linux.
    env: { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  })
  if (answer.status !== 0) {
    rmSync(partial, { recursive: true, force: true })
    throw new Complaint(`The Chromium of the npm package could not be unpacked into ${folder}: ${answer.stderr}`)
  }
  const fonts = path.join(partial, 'fonts/fonts.conf')
  const described = readFileSync(fonts, 'utf8')
  // The package's own fonts.conf names the folder that it expects to be unpacked to.
  writeFileSync(fonts, described.replaceAll('/tmp/fonts', path.join(folder, 'fonts')))
  renameSync(partial, folder)
}

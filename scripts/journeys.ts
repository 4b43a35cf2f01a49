import path from 'node:path'
import { startChild } from './child'
import { findChromium } from './chromium'
import { freePorts } from './ports'
import { startSystem } from './system'
import { temporaryFolder } from './temporary-folder'

const ROOT = path.resolve(import.meta.dirname, '..')

/** What the system under test inherits: enough to run programs, and no setting of the gateway or of this machine's own one. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'LANG', 'NODE_OPTIONS']

export interface JourneyOptions {
  /** For Playwright: files, and flags such as --headed. */
  readonly args: readonly string[]
  /** Only the journeys that want a system nobody else has used, in place of the others. */
  readonly alone: boolean
  /** Where Playwright writes its results as JSON, beside what it prints. */
  readonly resultFile?: string
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Starts a whole system of its own, on free ports and with fresh demo data, walks the browser journeys through it, and takes it down.
 * Answers Playwright's exit code. Throws a Complaint when the system does not start.
 */
export async function walkJourneys({ args, alone, resultFile, say, signal }: JourneyOptions): Promise<number> {
  const browser = findChromium(process.env)
  const folder = temporaryFolder('moa-journeys')
  try {
    const system = await startSystem({
      dataFolder: folder.path,
      ports: await freePorts(),
      without: new Set(),
      env: {
        ...(Object.fromEntries(INHERITED.map((name) => [name, process.env[name]])) as NodeJS.ProcessEnv),
        // Journeys make the shop answer wrongly, to see that nothing is charged then.
        SHOP_TEST: '1',
      },
      say,
      signal,
    })
    try {
      const reporters = resultFile === undefined ? [] : ['--reporter=list,json']
      const child = startChild(
        [path.join(ROOT, 'node_modules/@playwright/test/cli.js'), 'test', ...reporters, ...args],
        {
          cwd: ROOT,
          env: {
            ...process.env,
            ...browser.env,
            ALONE: alone ? '1' : undefined,
            CHROMIUM_PATH: browser.executable,
            PLAYWRIGHT_JSON_OUTPUT_FILE: resultFile,
            BASE_URL: system.urls.web,
            SHOP_URL: system.urls.shop,
            SECOND_SHOP_URL: system.urls.secondShop,
            OUTSIDE_URL: system.urls.outsideWorld,
            API_URL: system.urls.api,
            // One journey brings the night's billing run forward.
            DATABASE_URL: system.databaseUrl,
            DEMO_LOGINS: JSON.stringify(system.logins),
          },
          stdio: ['ignore', 'inherit', 'inherit'],
        },
      )
      const stop = () => void child.stop()
      signal.addEventListener('abort', stop)
      const code = await child.ended
      signal.removeEventListener('abort', stop)
      return code
    } finally {
      await system.stop()
    }
  } finally {
    folder.remove()
  }
}

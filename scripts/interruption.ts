import { once } from 'node:events'
import { constants } from 'node:os'

export interface Interruption {
  /** Aborted by the first Ctrl-C, by SIGTERM, or when the terminal closes. */
  readonly signal: AbortSignal
  /** Resolves then. */
  wait(): Promise<void>
  /** What a shell expects of a program ended by that signal; undefined before. */
  exitCode(): number | undefined
}

/** From now on a wish to end this process is a signal to tidy up first. Repeating it changes nothing. */
export function interruption(say: (line: string) => void): Interruption {
  const controller = new AbortController()
  let code: number | undefined
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (code !== undefined) return
      code = 128 + constants.signals[name]
      say('Stopping.')
      controller.abort(new Error(`Ended by ${name}.`))
    })
  }
  return {
    signal: controller.signal,
    wait: async () => {
      // Signal handlers alone do not keep a process going; a timer does.
      const alive = setInterval(() => undefined, 60_000)
      if (!controller.signal.aborted) await once(controller.signal, 'abort')
      clearInterval(alive)
    },
    exitCode: () => code,
  }
}

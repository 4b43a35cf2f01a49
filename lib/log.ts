import pino from 'pino'
import type { Settings } from './env'

/** Where a process writes what happened: one line of JSON an event, in UTC (PROMISES 9.3). */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

// Nobody writes these on purpose; should one slip into an event, it is blacked out.
const SECRETS = ['authorization', 'cookie', 'number', 'securityCode', 'expiry', 'password', 'secret', 'body', 'email']

/** The log of one process, on standard output. Bodies of requests and answers are never given to it. */
export function createLog(
  processName: string,
  level: Settings['LOG_LEVEL'],
  stream: pino.DestinationStream = pino.destination({ sync: false }),
): pino.Logger {
  return pino(
    {
      level,
      base: { process: processName },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    },
    stream,
  )
}

import { localTimeIn } from './local-time'

/** How one issuer is reached and who we are to it. */
export interface IssuerSettings {
  /** Our short name of the issuer. */
  readonly code: string
  readonly host: string
  readonly port: number
  /** First digits of the card numbers that belong to this issuer. */
  readonly bins: readonly string[]
  /** DE32, at most eleven digits */
  readonly acquirerId: string
  /** DE41, at most eight printable ASCII characters */
  readonly terminalId: string
  /** Two by default: one may break while the other carries on. */
  readonly connections?: number
  /** Requests under way on one connection; 1,000 by default. */
  readonly inFlightPerConnection?: number
  /** After this an outcome is unknown: 5 s by default. */
  readonly timeLimitMs?: number
  /** Silence after which the connection is tried: 60 s by default. */
  readonly echoAfterMs?: number
  /** Zone of the local times in messages; Asia/Seoul by default. */
  readonly timeZone?: string
}

/** @throws RangeError if no message could be written or sent with these settings */
export function checkSettings(settings: IssuerSettings): void {
  const { code, bins, acquirerId, terminalId, connections = 1, inFlightPerConnection = 1, timeZone } = settings
  const refuse = (what: string) => {
    throw new RangeError(`Issuer "${code}": ${what}.`)
  }
  if (!bins.every((bin) => /^[0-9]{1,19}$/.test(bin))) refuse('each BIN is 1 to 19 digits')
  if (!/^[0-9]{1,11}$/.test(acquirerId)) refuse('the acquirer id is 1 to 11 digits')
  if (!/^[!-~]([ -~]{0,6}[!-~])?$/.test(terminalId)) refuse('the terminal id is 1 to 8 printable ASCII characters')
  if (connections < 1 || inFlightPerConnection < 1) refuse('at least one connection and one request at a time')
  if (timeZone !== undefined) localTimeIn(timeZone, new Date(0))
}

/** Settings of the outside world, from flags and the environment; a flag wins. */
import { parseArgs } from 'node:util'
import { ISSUERS } from './issuers/catalogue'
import { TELCOS } from './telco/catalogue'

export interface Settings {
  readonly port: number
  readonly issuerPorts: readonly number[]
  readonly telcoPorts: readonly number[]
  readonly smtpPort: number
  readonly smscPort: number
  readonly sftpPort: number
  readonly bankPort: number
  /** Where the gateway publishes the keys it signs with; undefined: it is told by the control API. */
  readonly gatewayKeysUrl: string | undefined
  /** Where books and mails are kept; undefined keeps them in memory only. */
  readonly folder: string | undefined
  /** How long issuers wait with every answer to a financial message. */
  readonly delayMs: number
  /** Ends with its parent, however that dies: when standard input closes. */
  readonly exitWithStdin: boolean
}

export const USAGE = `outside-world: plays card issuers, telephone companies, billing centres, banks, an SMS centre and a mail server

  --port N              web page and control API       OUTSIDE_WORLD_PORT          3002
  --issuer-ports N,…    one for each issuer            OUTSIDE_WORLD_ISSUER_PORTS  4101,4102,4103,4104,4105
  --telco-ports N,…     one for each telephone system  OUTSIDE_WORLD_TELCO_PORTS   4201,4202
  --sftp-port N         billing centres                OUTSIDE_WORLD_SFTP_PORT     3027
  --bank-port N         banks                          OUTSIDE_WORLD_BANK_PORT     3028
  --smtp-port N         mail                           OUTSIDE_WORLD_SMTP_PORT     3025
  --smsc-port N         SMS centre                     OUTSIDE_WORLD_SMSC_PORT     3026
  --data FOLDER         books and mails                OUTSIDE_WORLD_DATA          .data/outside-world
  --delay-ms N          wait before each answer        OUTSIDE_WORLD_DELAY_MS      0
  --gateway-keys URL    JWKS of the banks' gateway     OUTSIDE_WORLD_GATEWAY_KEYS  (told by the control API)
  --ephemeral           keep nothing on disk
  --exit-with-stdin     end when standard input closes

Port 0 takes a free one.
`

/** A setting that cannot be understood; the message says which and what is expected. */
export class SettingError extends Error {}

function wholeNumber(name: string, text: string, max: number): number {
  if (!/^[0-9]{1,6}$/.test(text) || Number(text) > max)
    throw new SettingError(`${name} is "${text}"; it has to be a whole number from 0 to ${max}`)
  return Number(text)
}

/** @throws SettingError */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  let values
  try {
    values = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'issuer-ports': { type: 'string' },
        'telco-ports': { type: 'string' },
        'smtp-port': { type: 'string' },
        'smsc-port': { type: 'string' },
        'sftp-port': { type: 'string' },
        'bank-port': { type: 'string' },
        'gateway-keys': { type: 'string' },
        data: { type: 'string' },
        'delay-ms': { type: 'string' },
        ephemeral: { type: 'boolean' },
        'exit-with-stdin': { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new SettingError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
  }
  const port = (name: string, text: string) => wholeNumber(name, text, 65_535)
  const several = (variable: string, given: string | undefined, usual: string, count: number) => {
    const ports = (given ?? env[variable] ?? usual).split(',').map((text) => port(variable, text.trim()))
    // One port 0 stands for as many free ones as there are.
    const all = ports.length === 1 && ports[0] === 0 ? Array.from({ length: count }, () => 0) : ports
    if (all.length !== count) throw new SettingError(`${variable} has to name ${count} ports, one for each`)
    return all
  }
  return {
    port: port('OUTSIDE_WORLD_PORT', values.port ?? env.OUTSIDE_WORLD_PORT ?? '3002'),
    issuerPorts: several(
      'OUTSIDE_WORLD_ISSUER_PORTS',
      values['issuer-ports'],
      '4101,4102,4103,4104,4105',
      ISSUERS.length,
    ),
    telcoPorts: several('OUTSIDE_WORLD_TELCO_PORTS', values['telco-ports'], '4201,4202', TELCOS.length),
    sftpPort: port('OUTSIDE_WORLD_SFTP_PORT', values['sftp-port'] ?? env.OUTSIDE_WORLD_SFTP_PORT ?? '3027'),
    bankPort: port('OUTSIDE_WORLD_BANK_PORT', values['bank-port'] ?? env.OUTSIDE_WORLD_BANK_PORT ?? '3028'),
    gatewayKeysUrl: values['gateway-keys'] ?? env.OUTSIDE_WORLD_GATEWAY_KEYS,
    smtpPort: port('OUTSIDE_WORLD_SMTP_PORT', values['smtp-port'] ?? env.OUTSIDE_WORLD_SMTP_PORT ?? '3025'),
    smscPort: port('OUTSIDE_WORLD_SMSC_PORT', values['smsc-port'] ?? env.OUTSIDE_WORLD_SMSC_PORT ?? '3026'),
    folder: values.ephemeral ? undefined : (values.data ?? env.OUTSIDE_WORLD_DATA ?? '.data/outside-world'),
    delayMs: wholeNumber('OUTSIDE_WORLD_DELAY_MS', values['delay-ms'] ?? env.OUTSIDE_WORLD_DELAY_MS ?? '0', 600_000),
    exitWithStdin: values['exit-with-stdin'] ?? false,
  }
}

/** An outside world inside the test's own process, on free ports and in memory: quick to start, spoken to over real sockets. */
import type { OutsideWorldClient } from './client'
import { outsideWorldAt } from './client'
import type { IssuerCode } from './issuers/catalogue'
import type { Ready } from './world'
import { startWorld } from './world'

export interface WorldInside extends OutsideWorldClient {
  readonly ready: Ready
  portOf(issuer: IssuerCode): number
  close(): Promise<void>
}

export async function worldInside({ delayMs = 0 } = {}): Promise<WorldInside> {
  const { ready, close } = await startWorld({
    port: 0,
    issuerPorts: [0, 0, 0, 0, 0],
    telcoPorts: [0, 0],
    smtpPort: 0,
    smscPort: 0,
    sftpPort: 0,
    bankPort: 0,
    gatewayKeysUrl: undefined,
    folder: undefined,
    delayMs,
    exitWithStdin: false,
  })
  const portOf = (code: IssuerCode) => ready.issuers.find((each) => each.code === code)?.port ?? 0
  return { ...outsideWorldAt(`http://127.0.0.1:${ready.web}`), ready, portOf, close }
}

import type { Clock } from '../clock'
import type { Uuid } from '../ids'
import type { MutualTls } from '../messages/outgoing'
import { toPem } from '../trust/pem'
import type { Trust } from '../trust/trust'
import type { Contracts } from './contract'
import type { Merchants } from './merchants'

interface Parts {
  readonly clock: Clock
  readonly trust: Pick<Trust, 'clientIdentity'>
  readonly merchants: Pick<Merchants, 'authorities'>
  readonly contracts: Pick<Contracts, 'of'>
}

/**
 * The leased line of document 003, over the Internet: both sides show who they are (M-170). Undefined where the contract asks
 * for ordinary https.
 */
export async function mutualLine(
  { clock, trust, merchants, contracts }: Parts,
  merchantId: Uuid,
): Promise<MutualTls | undefined> {
  const contract = await contracts.of(merchantId)
  if (contract?.confirmationLine !== 'mutual') return undefined
  const authorities = (await merchants.authorities(merchantId))
    .filter(({ use, validUntil }) => use === 'tls' && clock.now() < validUntil)
    .map(({ der }) => toPem('CERTIFICATE', der))
  return { authorities, ...trust.clientIdentity() }
}

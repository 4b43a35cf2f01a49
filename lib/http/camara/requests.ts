import type { Sink } from '../../camara/camara-payment'
import type { TokenCaller } from '../../oauth/oauth-client'
import { isCurrency } from '../../money/currency'
import { type Money, money } from '../../money/money'
import type { UrlFault } from '../../messages/outgoing'
import { minorUnitsOf } from '../../money/decimal'
import { type CamaraCode, CamaraError } from './camara-error'
import { accessTokenCredential, type Told } from './schemas'

const WRONG_CURRENCY = 'Currency is unknown or not authorized.'

/** The currency of a request, where the merchant takes it. */
function currencyOf(code: string, { merchant }: TokenCaller) {
  if (isCurrency(code) && merchant.currencies.includes(code)) return code
  throw new CamaraError('INVALID_ARGUMENT', { message: WRONG_CURRENCY })
}

/**
 * The amount of a request.
 * @param tooLarge the code of an amount that no payment may have
 */
export function amountOf(
  { amount, currency }: { amount: string; currency: string },
  caller: TokenCaller,
  tooLarge: CamaraCode,
): Money {
  const known = currencyOf(currency, caller)
  const minor = minorUnitsOf(amount, known)
  if (minor === 'too-large') throw new CamaraError(tooLarge)
  if (minor === undefined) throw new CamaraError('INVALID_ARGUMENT')
  return money(minor, known)
}

/**
 * The line that a request is about: that of the token, or the one it names (document, "Identifying the phone number from
 * the access token").
 */
export function numberOf(caller: TokenCaller, phoneNumber: string | undefined): string {
  if (caller.number !== undefined) {
    if (phoneNumber !== undefined) throw new CamaraError('UNNECESSARY_IDENTIFIER')
    return caller.number
  }
  if (phoneNumber === undefined) throw new CamaraError('MISSING_IDENTIFIER')
  return phoneNumber
}

/** Where the events of a request go (P5.6); only bearer tokens are taken along. */
export function sinkOf(
  { sink, sinkCredential }: Told,
  faultOf: (url: string) => UrlFault | undefined,
  now: Date,
): Sink | undefined {
  if (sink === undefined) {
    if (sinkCredential === undefined) return undefined
    throw new CamaraError('INVALID_ARGUMENT')
  }
  if (faultOf(sink)) throw new CamaraError('INVALID_SINK')
  if (sinkCredential === undefined) return { url: sink }
  if (sinkCredential.credentialType !== 'ACCESSTOKEN') throw new CamaraError('INVALID_CREDENTIAL')
  const read = accessTokenCredential.safeParse(sinkCredential)
  if (!read.success) throw new CamaraError('INVALID_ARGUMENT')
  const { accessToken, accessTokenType, accessTokenExpiresUtc } = read.data
  const until = new Date(accessTokenExpiresUtc)
  if (accessTokenType !== 'bearer' || until <= now) throw new CamaraError('INVALID_TOKEN')
  return { url: sink, credential: { accessToken, until } }
}

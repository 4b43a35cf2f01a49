import { randomBytes } from 'node:crypto'
import type { Payment } from './payment'
import type { Signer } from './signer'

/** A link may live for half an hour; a shopper who was sent to it is there within seconds. */
const LIFE_S = 10 * 60

interface Parts {
  readonly webUrl: string
  readonly merchantId: string
  readonly signer: Signer
  readonly now: () => Date
}

/**
 * The address to redirect the shopper to, with the shop's signature over payment and amount. It is good once: make a new
 * one for each redirect.
 *
 * @throws Error when the payment is not open at the hosted checkout
 */
export async function checkoutUrl(
  payment: Pick<Payment, 'id' | 'amount' | 'currency' | 'checkoutUrl'>,
  { webUrl, merchantId, signer, now }: Parts,
): Promise<string> {
  if (payment.checkoutUrl === undefined) throw new Error(`Moa: ${payment.id} is not open at the hosted checkout.`)
  const iat = Math.floor(now().getTime() / 1000)
  const token = await signer.sign({
    iss: merchantId,
    aud: new URL(webUrl).origin,
    typ: 'payment.redirect',
    tid: payment.id,
    amount: payment.amount.toString(),
    currency: payment.currency,
    iat,
    exp: iat + LIFE_S,
    jti: randomBytes(16).toString('base64url'),
  })
  return `${webUrl.replace(/\/$/, '')}/pay/${encodeURIComponent(payment.id)}?t=${token}`
}

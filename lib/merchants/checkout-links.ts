import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock'
import { publicId, readPublicId, type Uuid } from '../ids'
import type { Payment } from '../payments/payment'
import type { Contracts } from './contract'
import type { EvidenceBook } from './evidence'
import type { SeenMessages } from './seen-messages'
import { CLOCK_DRIFT_S, redirectClaims } from './signed-claims'
import type { Signing } from './signing'
import type { CheckedMessage, ShopMessages } from './shop-messages'
import { LARGEST_MESSAGE, type SignatureFault, unverifiedClaim, verifySigned } from './verify-signed'

export type LinkFault =
  | SignatureFault
  | 'bad-claims'
  /** Meant for another gateway, or lives longer than a link may. */
  | 'not-for-us'
  | 'expired'
  /** The same link was followed before. */
  | 'used'
  /** No such payment, or TID, amount or currency are not those of the stored one: refused before login. */
  | 'differs'

export type CheckedLink =
  { kind: 'verified'; merchantId: Uuid; paymentId: Uuid } | { kind: 'refused'; reason: LinkFault }

/** Profile 1 of docs/links: the shop's redirect to the checkout, `/pay/{paymentId}?t=<JWS>` (M-181, M-182). */
export interface CheckoutLinks {
  /**
   * Checks the link and uses it up: true once. The stored payment decides; nothing of the link is believed beyond it.
   * @param paymentId as it stands in the address, pay_…
   */
  verify(paymentId: string, jws: string): Promise<CheckedLink>
  /** A link that we sign ourselves, for shops whose contract does not ask them to: good once, for ten minutes. */
  make(payment: Pick<Payment, 'merchantId' | 'id' | 'amount' | 'currency'>): Promise<{ url: string; expiresAt: Date }>
}

const LONGEST_LIFE_S = 30 * 60
const OWN_LIFE_S = 10 * 60

interface Parts {
  readonly clock: Clock
  readonly signing: Signing
  readonly contracts: Pick<Contracts, 'of'>
  readonly seen: SeenMessages
  readonly shopMessages: ShopMessages
  readonly evidence: EvidenceBook
  readonly findPayment: (merchantId: Uuid, paymentId: Uuid) => Promise<Pick<Payment, 'amount' | 'currency'> | undefined>
}

export function createCheckoutLinks(parts: Parts): CheckoutLinks {
  const { clock, signing, contracts, seen, shopMessages, evidence, findPayment } = parts

  return {
    async verify(paymentId, jws) {
      const iss = unverifiedClaim(jws, 'iss')
      if (iss === signing.gatewayName) return verifyOwn(paymentId, jws)
      const merchantId = iss === undefined ? undefined : readPublicId('mer', iss)
      if (!merchantId) return { kind: 'refused', reason: 'malformed' }
      const about = readPublicId('pay', paymentId) ? { about: paymentId } : {}
      const sender = { merchantId, purpose: 'payment.redirect', ...about }
      const checked = await shopMessages.check(jws, sender)
      if (checked.kind === 'refused') {
        await keepRefused(merchantId, paymentId, jws, checked)
        return { kind: 'refused', reason: checked.reason }
      }

      const judged = await judge(merchantId, paymentId, checked.claims)
      const stored = judged.paymentId
      if (stored) {
        const kept = { direction: 'received', type: 'payment.redirect', message: jws, kid: checked.kid } as const
        await evidence.keep({ merchantId, paymentId: stored, ...kept, outcome: judged.fault ?? 'accepted' })
      }
      if (judged.fault) {
        await shopMessages.refused(sender, judged.fault, checked.kid)
        return { kind: 'refused', reason: judged.fault }
      }
      return { kind: 'verified', merchantId, paymentId: judged.paymentId }
    },

    async make({ merchantId, id, amount, currency }) {
      const iat = Math.floor(clock.now().getTime() / 1000)
      const exp = iat + OWN_LIFE_S
      const tid = publicId('pay', id)
      const { jws } = await signing.sign({
        ...{ iss: signing.gatewayName, aud: signing.gatewayName, sub: publicId('mer', merchantId) },
        ...{ typ: 'payment.redirect', tid, amount: amount.toString(), currency, iat, exp },
        jti: randomBytes(16).toString('base64url'),
      })
      return { url: `${signing.gatewayName}/pay/${tid}?t=${jws}`, expiresAt: new Date(exp * 1000) }
    },
  }

  /** The refused message itself, beside its line in the audit trail: only where there is such a line, and such a payment. */
  async function keepRefused(
    merchantId: Uuid,
    address: string,
    jws: string,
    { reason, noted }: Extract<CheckedMessage, { kind: 'refused' }>,
  ): Promise<void> {
    const paymentId = readPublicId('pay', address)
    if (!noted || !paymentId || jws.length > LARGEST_MESSAGE || !(await findPayment(merchantId, paymentId))) return
    const kept = { direction: 'received', type: 'payment.redirect', message: jws } as const
    await evidence.keep({ merchantId, paymentId, ...kept, outcome: `refused: ${reason}` })
  }

  /** A link of ours, while the shop's contract still allows it. It is no message of the shop's, so nothing is kept of it. */
  async function verifyOwn(paymentId: string, jws: string): Promise<CheckedLink> {
    const ours = signing.jwks.keys.map((jwk) => ({ kid: jwk.kid, jwk, validFrom: new Date(0) }))
    const find = (kid: string) => Promise.resolve(ours.find((key) => key.kid === kid))
    const checked = await verifySigned(jws, find, clock.now())
    if (checked.kind === 'refused') return { kind: 'refused', reason: checked.reason }
    const sub = typeof checked.claims['sub'] === 'string' ? checked.claims['sub'] : ''
    const merchantId = readPublicId('mer', sub)
    const contract = merchantId ? await contracts.of(merchantId) : undefined
    if (!merchantId || contract?.signedLink !== 'none') return { kind: 'refused', reason: 'not-for-us' }
    const judged = await judge(merchantId, paymentId, checked.claims, signing.gatewayName)
    if (judged.fault) return { kind: 'refused', reason: judged.fault }
    return { kind: 'verified', merchantId, paymentId: judged.paymentId }
  }

  async function judge(
    merchantId: Uuid,
    paymentId: string,
    signed: Readonly<Record<string, unknown>>,
    signer = publicId('mer', merchantId),
  ): Promise<{ paymentId: Uuid; fault?: never } | { paymentId?: Uuid; fault: LinkFault }> {
    const read = redirectClaims.safeParse(signed)
    if (!read.success) return { fault: 'bad-claims' }
    const { iss, aud, tid, amount, currency, iat, exp, jti } = read.data
    const id = readPublicId('pay', tid)
    if (!id || tid !== paymentId) return { fault: 'differs' }
    const payment = await findPayment(merchantId, id)
    if (!payment) return { fault: 'differs' }
    const refused = (fault: LinkFault) => ({ paymentId: id, fault })

    if (iss !== signer || aud !== signing.gatewayName) return refused('not-for-us')
    if (exp - iat > LONGEST_LIFE_S) return refused('not-for-us')
    const second = clock.now().getTime() / 1000
    if (second >= exp || iat - second > CLOCK_DRIFT_S) return refused('expired')
    if (amount !== payment.amount || currency !== payment.currency) return refused('differs')
    const first = await seen.isFirst(merchantId, `redirect ${jti}`, new Date((exp + CLOCK_DRIFT_S) * 1000))
    return first ? { paymentId: id } : refused('used')
  }
}

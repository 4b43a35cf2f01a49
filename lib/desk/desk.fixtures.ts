import { type CardRole, demoCard } from '../../simulators/issuers/demo-cards'
import type { IssuerCode } from '../../simulators/issuers/catalogue'
import { aShopper, type TestGateway } from '../../test/gateway'
import type { StaffRole } from '../auth/person'
import { uuidAt, type Uuid } from '../ids'
import { krw } from '../money/money'
import type { Payment } from '../payments/payment'
import type { NewOrder } from '../payments/new-payment'
import type { Member } from './member'

/** Somebody who works for the merchant. */
export async function aMember(
  { gateway }: TestGateway,
  merchantId: Uuid,
  role: StaffRole,
  refundLimit?: bigint,
): Promise<Member> {
  const { id: personId } = await aShopper(gateway)
  const membership = { merchantId, personId, role, ...(refundLimit === undefined ? {} : { refundLimit }) }
  await gateway.people.appoint(membership)
  return { person: { id: personId, name: '강도현' }, membership }
}

/** A payment made with one card, at its end. */
export async function aPayment(
  { gateway }: TestGateway,
  merchantId: Uuid,
  { issuer = 'hanbit', role = 'roomy', ...order }: Partial<NewOrder> & { issuer?: IssuerCode; role?: CardRole } = {},
): Promise<Payment> {
  const { number, expiry, securityCode } = demoCard(issuer, role)
  const opened = await gateway.payments.open({
    merchantId,
    orderRef: uuidAt(new Date()),
    orderName: '원두 1kg',
    amount: krw(30_000),
    captureMode: 'automatic',
    channel: 'direct',
    locale: 'ko',
    metadata: {},
    means: [{ module: 'card', input: { number, expiry, securityCode } }],
    ...order,
  })
  if (opened.kind !== 'opened') throw new Error(`a payment of a test was not opened: ${opened.kind}`)
  return opened.payment
}

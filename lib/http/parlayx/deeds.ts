import type { Money } from '../../money/money'
import type { ApplicationCaller } from '../../open-service/application'
import { readEndUser, findAccount } from '../../parlayx/end-user'
import { serviceException } from '../../parlayx/faults'
import { findChargeOf } from '../../parlayx/refund-store'
import type { HttpGateway } from '../http-gateway'
import { accountToCharge, chargeAnswer, readShares, requesterOf } from './charging-parts'
import { readReferenceCode } from './read-parts'

/** What is charged or given back, by amount or by volume: from here on they are alike. */
export interface Deed {
  readonly gateway: HttpGateway
  readonly caller: ApplicationCaller
  readonly amount: Money
  readonly description: string
  readonly referenceCode: string
}

const commonOf = ({ caller: { application, merchant }, description, referenceCode }: Deed) => ({
  ...{ merchantId: merchant.id, requester: requesterOf(application), description, shop: merchant.name },
  reference: readReferenceCode(referenceCode),
})

/** @throws ParlayFault */
export async function charge(deed: Deed, endUserIdentifier: string): Promise<Record<string, never>> {
  const { gateway, caller, amount } = deed
  const common = commonOf(deed)
  const account = await accountToCharge(gateway, caller, endUserIdentifier)
  return chargeAnswer(await gateway.accounts.charge({ ...common, ...account, amount }))
}

/** All payers are charged or none is. @throws ParlayFault */
export async function chargeSplit(
  deed: Deed,
  shares: readonly { readonly endUserIdentifier: string; readonly percent: number }[],
): Promise<Record<string, never>> {
  const { gateway, caller, amount } = deed
  const common = commonOf(deed)
  const parts = await readShares(gateway, caller, shares, amount)
  const ownOnly = caller.application.reach === 'own'
  const { currency } = amount
  return chargeAnswer(await gateway.accounts.chargeSplit({ ...common, ownOnly, currency, parts }))
}

/**
 * Gives back of an earlier charge.
 * @param chargeReference the charge's reference, where it is said
 * @throws ParlayFault SVC0270 when no charge of this application has so much left
 */
export async function refund(
  deed: Deed,
  endUserIdentifier: string,
  chargeReference: string | undefined,
): Promise<Record<string, never>> {
  const { gateway, caller, amount } = deed
  const common = commonOf(deed)
  const user = readEndUser(endUserIdentifier)
  if (!user) throw serviceException('SVC0002', 'endUserIdentifier')
  const account = await findAccount(gateway.accounts, caller, user)
  if (!account) throw serviceException('SVC0270')
  // A refund may have its charge's own reference: they are kept apart.
  const reference = `refund:${common.reference}`
  const id = await findChargeOf(gateway.database.pool, {
    ...{ accountId: account.id, merchantId: common.merchantId, requester: common.requester },
    ...{ refundReference: reference, referenceCode: common.reference, amount: amount.amount },
    ...(chargeReference !== undefined && { chargeReference }),
  })
  if (id === undefined) throw serviceException('SVC0270')
  return chargeAnswer(
    await gateway.accounts.refund({ ...common, reference, amount, charge: { id, accountId: account.id } }),
  )
}

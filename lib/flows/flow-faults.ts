import type { Currency } from '../money/currency'
import type { UrlFault } from '../messages/outgoing'
import type { FlowDocument } from './flow-document'

export type FlowFaultCode =
  | 'needs-confirmation-address'
  | 'needs-signature-key'
  | 'currency-not-accepted'
  | 'rule-twice'
  | 'too-few-people'
  | 'hook-twice'
  | UrlFault

/** What is wrong with a flow, and where: a path like `approvals.0.people`. */
export interface FlowFault {
  readonly at: string
  readonly code: FlowFaultCode
}

/** What a shop has, against which the meaning of its flow is checked. */
export interface ShopFacts {
  readonly currencies: readonly Currency[]
  readonly hasConfirmationUrl: boolean
  readonly hasSignatureKey: boolean
  /** How many of its people may approve payments. */
  readonly approvers: number
  faultOf(url: string): UrlFault | undefined
}

/** Whether a flow that is well formed can be kept: one that cannot would stop the shop, or hold its payments for ever. */
export function flowFaults(document: FlowDocument, shop: ShopFacts): FlowFault[] {
  const faults: FlowFault[] = []
  const fault = (at: string, code: FlowFaultCode) => void faults.push({ at, code })
  if (document.confirm === 'always') {
    if (!shop.hasConfirmationUrl) fault('confirm', 'needs-confirmation-address')
    if (!shop.hasSignatureKey) fault('confirm', 'needs-signature-key')
  }
  for (const [index, { currency, above, people }] of document.approvals.entries()) {
    const at = `approvals.${index}`
    if (!shop.currencies.includes(currency)) fault(`${at}.currency`, 'currency-not-accepted')
    if (people > shop.approvers) fault(`${at}.people`, 'too-few-people')
    const before = document.approvals.slice(0, index)
    if (before.some((rule) => rule.currency === currency && rule.above === above)) fault(`${at}.above`, 'rule-twice')
  }
  for (const [index, { point, url }] of document.hooks.entries()) {
    const at = `hooks.${index}`
    const wrong = shop.faultOf(url)
    if (wrong) fault(`${at}.url`, wrong)
    if (!shop.hasSignatureKey) fault(`${at}.url`, 'needs-signature-key')
    if (document.hooks.slice(0, index).some((hook) => hook.point === point)) fault(`${at}.point`, 'hook-twice')
  }
  return faults
}

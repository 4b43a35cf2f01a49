import type { PlannedOrder } from '../payments/parts'
import type { ApprovalRule, FlowDocument } from './flow-document'
import { peopleNeeded } from './plan-order'

/** One step of a flow, in the order in which payments take them: drawn as a picture, read as a list. */
export type FlowStep =
  | { readonly kind: 'open' }
  | { readonly kind: 'hook'; readonly hook: FlowDocument['hooks'][number] }
  | { readonly kind: 'authorize' }
  | { readonly kind: 'confirm'; readonly because: 'contract' | 'flow' }
  | { readonly kind: 'approve'; readonly rules: readonly ApprovalRule[] }
  /** Only in a dry run: how many have to agree to this very payment. */
  | { readonly kind: 'approval'; readonly people: number }
  | { readonly kind: 'wait'; readonly capture: Exclude<FlowDocument['capture'], { when: 'at-once' }> }
  | { readonly kind: 'capture' }
  /** A deferred means: what is left is paid later. */
  | { readonly kind: 'await' }
  | { readonly kind: 'notify'; readonly notify: FlowDocument['notify'] }

export interface Surroundings {
  /** Whether the shop's contract asks for confirmations: then they are asked for, whatever the flow says. */
  readonly contractConfirms: boolean
}

/** An example payment, for a dry run. */
export interface ExampleOrder extends PlannedOrder {
  /** Whether a part of it is paid later (on delivery, by giro). */
  readonly isDeferred: boolean
}

/**
 * The steps of a flow; of one example payment, those that it would really take. Works from the same rules as payments do
 * (planOrder), so that a dry run cannot promise anything else.
 */
export function flowSteps(document: FlowDocument, around: Surroundings, order?: ExampleOrder): FlowStep[] {
  const at = (point: 'before-authorize' | 'before-capture'): FlowStep[] =>
    document.hooks.filter((hook) => hook.point === point).map((hook) => ({ kind: 'hook', hook }))
  const confirms = around.contractConfirms || document.confirm === 'always'
  return [
    { kind: 'open' },
    ...at('before-authorize'),
    { kind: 'authorize' },
    ...(confirms
      ? [{ kind: 'confirm' as const, because: around.contractConfirms ? ('contract' as const) : ('flow' as const) }]
      : []),
    ...approvalSteps(document, order),
    ...waitingSteps(document, order),
    ...at('before-capture'),
    { kind: 'capture' },
    ...(order?.isDeferred ? [{ kind: 'await' as const }] : []),
    { kind: 'notify', notify: document.notify },
  ]
}

function approvalSteps(document: FlowDocument, order: ExampleOrder | undefined): FlowStep[] {
  if (!order) return document.approvals.length > 0 ? [{ kind: 'approve', rules: document.approvals }] : []
  const people = peopleNeeded(document, order)
  return people > 0 ? [{ kind: 'approval', people }] : []
}

function waitingSteps({ capture }: FlowDocument, order: ExampleOrder | undefined): FlowStep[] {
  if (order?.capture === 'automatic') return []
  if (order?.capture === 'manual') return [{ kind: 'wait', capture: { when: 'by-hand' } }]
  return capture.when === 'at-once' ? [] : [{ kind: 'wait', capture }]
}

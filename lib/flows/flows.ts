import { can } from '../auth/access'
import { staffRoles } from '../auth/person'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import type { MerchantKeys } from '../merchants/merchant-keys'
import type { Merchants } from '../merchants/merchants'
import type { Outgoing } from '../messages/outgoing'
import type { FlowDocument } from './flow-document'
import { type FlowFault, flowFaults } from './flow-faults'
import {
  countMembers,
  findActivations,
  findFlowInForce,
  findFlowVersion,
  findFlowVersions,
  type FlowActivation,
  type FlowVersion,
  insertActivation,
  insertFlowVersion,
} from './flow-store'
import type { FlowInForce } from './plan-order'

/** The flows of shops: every version is kept as it was written, and one of them is in force (M-160, M-161). */
export interface Flows {
  inForce(merchantId: Uuid): Promise<FlowInForce>
  find(merchantId: Uuid, version: number): Promise<FlowVersion | undefined>
  /** Newest first. */
  list(merchantId: Uuid, page: { before?: number | undefined; limit: number }): Promise<FlowVersion[]>
  /** When which version was put in force, and by whom; latest first. */
  activations(merchantId: Uuid, limit: number): Promise<FlowActivation[]>
  /** What stands in the way of keeping a flow; empty: nothing. */
  faults(merchantId: Uuid, document: FlowDocument): Promise<FlowFault[]>
  /** Writes a new version. It changes nothing until it is activated. */
  save(
    merchantId: Uuid,
    wanted: { document: FlowDocument; note: string; author: string },
  ): Promise<{ kind: 'saved'; version: number } | { kind: 'refused'; faults: readonly FlowFault[] }>
  /**
   * Puts a version in force for payments that begin from now on; those under way keep theirs. 0: the flow that every
   * shop begins with.
   */
  activate(
    merchantId: Uuid,
    version: number,
    by: string,
  ): Promise<{ kind: 'activated' } | { kind: 'refused'; faults: readonly FlowFault[] } | { kind: 'missing' }>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly merchants: Pick<Merchants, 'get'> & Pick<MerchantKeys, 'keys'>
  readonly outgoing: Pick<Outgoing, 'faultOf'>
}

const APPROVERS = staffRoles.filter((role) => can(role, 'payment.approve'))

export function createFlows({ database, clock, merchants, outgoing }: Parts): Flows {
  const { prisma } = database

  async function faults(merchantId: Uuid, document: FlowDocument): Promise<FlowFault[]> {
    const [merchant, keys, approvers] = await Promise.all([
      merchants.get(merchantId),
      merchants.keys(merchantId),
      countMembers(prisma, merchantId, APPROVERS),
    ])
    invariant(merchant, 'flows belong to merchants that exist')
    return flowFaults(document, {
      currencies: merchant.currencies,
      hasConfirmationUrl: merchant.confirmationUrl !== undefined,
      hasSignatureKey: keys.some(({ revokedAt }) => !revokedAt),
      approvers,
      faultOf: outgoing.faultOf,
    })
  }

  return {
    faults,
    inForce: (merchantId) => findFlowInForce(prisma, merchantId),
    find: (merchantId, version) => findFlowVersion(prisma, merchantId, version),
    list: (merchantId, page) => findFlowVersions(prisma, merchantId, page),
    activations: (merchantId, limit) => findActivations(prisma, merchantId, limit),

    async save(merchantId, { document, note, author }) {
      const wrong = await faults(merchantId, document)
      if (wrong.length > 0) return { kind: 'refused', faults: wrong }
      for (;;) {
        const version = await insertFlowVersion(prisma, merchantId, { document, note, author, at: clock.now() })
        if (version !== undefined) return { kind: 'saved', version }
      }
    },

    async activate(merchantId, version, by) {
      const found = version === 0 ? undefined : await findFlowVersion(prisma, merchantId, version)
      if (version !== 0 && !found) return { kind: 'missing' }
      // Keys are revoked and people leave: what could be kept when it was written is asked anew.
      const wrong = found ? await faults(merchantId, found.document) : []
      if (wrong.length > 0) return { kind: 'refused', faults: wrong }
      const at = clock.now()
      await insertActivation(prisma, { merchantId, id: uuidAt(at), version, by, at })
      return { kind: 'activated' }
    },
  }
}

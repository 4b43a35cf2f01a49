import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { findContract, updateContract } from './contract-store'
import type { SignatureContract } from './merchant'
import type { MerchantKeys } from './merchant-keys'
import { findMerchant } from './store'

/** What has to be there before a contract can ask for it. */
export type ContractFault = 'needs-signature-key' | 'needs-confirmation-address' | 'needs-server-authority' | 'missing'

/** What each merchant's contract asks of signatures: for every means of payment alike (docs/trust.md). */
export interface Contracts {
  of(merchantId: Uuid): Promise<SignatureContract | undefined>
  /** Nothing is changed when it is refused: a contract that cannot be kept would stop the shop. */
  change(
    merchantId: Uuid,
    changes: Partial<SignatureContract>,
  ): Promise<{ kind: 'changed'; contract: SignatureContract } | { kind: 'refused'; reason: ContractFault }>
}

interface Parts {
  readonly database: Database
  readonly merchants: Pick<MerchantKeys, 'keys' | 'authorities'>
}

export function createContracts({ database, merchants }: Parts): Contracts {
  const { prisma } = database

  async function faultOf(merchantId: Uuid, wanted: SignatureContract): Promise<ContractFault | undefined> {
    const [merchant, keys, authorities] = await Promise.all([
      findMerchant(prisma, merchantId),
      merchants.keys(merchantId),
      merchants.authorities(merchantId),
    ])
    const signs = wanted.confirmation === 'required' || wanted.signedCancel === 'required'
    if (signs && !keys.some(({ revokedAt }) => !revokedAt)) return 'needs-signature-key'
    if (wanted.confirmation === 'required' && !merchant?.confirmationUrl) return 'needs-confirmation-address'
    const isMutual = wanted.confirmationLine === 'mutual'
    return isMutual && !authorities.some(({ use }) => use === 'tls') ? 'needs-server-authority' : undefined
  }

  return {
    of: (merchantId) => findContract(prisma, merchantId),
    async change(merchantId, changes) {
      const held = await findContract(prisma, merchantId)
      if (!held) return { kind: 'refused', reason: 'missing' }
      const contract = { ...held, ...changes }
      const fault = await faultOf(merchantId, contract)
      if (fault) return { kind: 'refused', reason: fault }
      await updateContract(prisma, merchantId, contract)
      return { kind: 'changed', contract }
    },
  }
}

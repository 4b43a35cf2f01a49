import { type Addresses, createAddresses } from '../addresses/addresses'
import { type Audit, createAudit } from '../audit/audit'
import { type AuditChain, createAuditChain } from '../audit/audit-chain'
import type { Vault } from '../cards/vault'
import { createFlows, type Flows } from '../flows/flows'
import { type ConfirmationTests, createConfirmationTests } from '../merchants/confirmation-test'
import { type Confirmations, createConfirmations } from '../merchants/confirmations'
import { type Contracts, createContracts } from '../merchants/contract'
import { createEndpoints, type Endpoints } from '../merchants/endpoints'
import { createEvidenceBook, type EvidenceBook } from '../merchants/evidence'
import { createMerchants, type Merchants } from '../merchants/merchants'
import { createSeenMessages, type SeenMessages } from '../merchants/seen-messages'
import { createShopLine, type ShopLine } from '../merchants/shop-line'
import { createShopMessages, type ShopMessages } from '../merchants/shop-messages'
import { createSigning, type Signing } from '../merchants/signing'
import { createOutgoing, type Outgoing } from '../messages/outgoing'
import type { PaymentHook } from '../pipeline/payment-hook'
import { createPipeline, type Pipeline } from '../pipeline/pipeline'
import { createShopHooks } from '../pipeline/shop-hooks'
import { createTrust, type Trust } from '../trust/trust'
import { type Base, reporter } from './base'

/** The shops: their contracts and keys, what is said between them and us, and the evidence kept of it. */
export interface ShopRooms {
  readonly merchants: Merchants
  readonly contracts: Contracts
  readonly endpoints: Endpoints
  readonly outgoing: Outgoing
  readonly trust: Trust
  readonly signing: Signing
  readonly audit: Audit
  readonly auditChain: AuditChain
  readonly evidence: EvidenceBook
  readonly addresses: Addresses
  readonly flows: Flows
  readonly pipeline: Pipeline
  readonly shopMessages: ShopMessages
  readonly seen: SeenMessages
  readonly shopLine: ShopLine
  readonly confirmations: Confirmations
  readonly confirmationTests: ConfirmationTests
}

interface Parts extends Base {
  readonly vault: Vault
  readonly hooks: readonly PaymentHook[]
}

export async function createShopRooms(parts: Parts): Promise<ShopRooms> {
  const { settings, clock, log, database, operations, vault, hooks } = parts
  const report = reporter(log)
  const outgoing = createOutgoing({ allow: settings.OUTGOING_ALLOW, observe: operations.observe })
  const trust = await createTrust({ database, clock, settings, report })
  const signing = createSigning(settings, trust)
  const audit = createAudit({ database, clock })
  const merchants = createMerchants({ database, clock, trust })
  const contracts = createContracts({ database, merchants })
  const shopMessages = createShopMessages({ database, clock, audit })
  const evidence = createEvidenceBook({ database, clock, signing })
  const shopHooks = createShopHooks({ clock, signing, shopMessages, outgoing, evidence })
  const shopLine = createShopLine({
    ...{ clock, signing, trust, merchants, contracts, outgoing, evidence },
    tracing: operations.tracing,
  })
  return {
    ...{ merchants, contracts, outgoing, trust, signing, audit, evidence, shopMessages, shopLine },
    endpoints: createEndpoints({ database, clock, settings, outgoing }),
    auditChain: createAuditChain({
      ...{ database, clock, signing },
      note: (event, detail) => log.info({ event, ...detail }),
    }),
    addresses: createAddresses({ database, clock, vault }),
    flows: createFlows({ database, clock, merchants, outgoing }),
    pipeline: createPipeline({ clock, hooks, shopHooks, report }),
    seen: createSeenMessages({ database }),
    confirmationTests: createConfirmationTests({ database, clock, signing, trust, merchants, contracts, outgoing }),
    confirmations: createConfirmations({ clock, signing, shopMessages, shopLine, evidence }),
  }
}

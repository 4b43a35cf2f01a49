import type { BankAccounts } from '../bank-accounts/bank-accounts'
import type { Banks } from '../gateways/bank/bank'
import type { Issuers } from '../gateways/issuer/issuer'
import { createBankTransferModule } from './bank-transfer/bank-transfer-module'
import type { CardVault } from './card/issuer-leg'
import { createCardModule } from './card/card-module'
import type { CashOnDelivery } from '../couriers/cash-on-delivery'
import { createCashOnDeliveryModule } from './cash-on-delivery/cash-on-delivery-module'
import { createDirectDebitModule, type DirectDebitParts } from './direct-debit/direct-debit-module'
import { createECashModule, type ECashParts } from './e-cash/e-cash-module'
import type { Giro } from '../giro/giro'
import { createGiroModule } from './giro/giro-module'
import { createMicroAccountModule, type MicroAccountParts } from './micro-account/micro-account-module'
import type { StripeLink } from '../gateways/stripe/stripe-link'
import { createStripeModule } from './stripe/stripe-module'
import type { ModuleCode, PaymentModule } from './payment-module'
import { createPhoneBillModule, type PhoneBillParts } from './phone-bill/phone-bill-module'
import { createVCardModule, type VCardAgent } from './vcard/vcard-module'

export interface ModuleParts {
  readonly issuers: Issuers
  readonly vault: CardVault
  readonly agent: VCardAgent
  readonly phoneBill: PhoneBillParts
  readonly eCash: ECashParts
  readonly microAccount: MicroAccountParts
  readonly banks: Banks
  readonly bankAccounts: Pick<BankAccounts, 'open'>
  readonly cash: CashOnDelivery
  readonly giro: Giro
  readonly directDebit: DirectDebitParts
  /** Absent without a key. */
  readonly stripe?: (() => Promise<StripeLink>) | undefined
}

/** The one list of payment modules. A new means is a folder and a line here. */
export function installModules({
  issuers,
  vault,
  agent,
  phoneBill,
  eCash,
  microAccount,
  banks,
  bankAccounts,
  cash,
  giro,
  directDebit,
  stripe,
}: ModuleParts): ReadonlyMap<ModuleCode, PaymentModule> {
  const vcard = createVCardModule(issuers, vault, agent)
  const card = createCardModule({ issuers, vault, planVCard: vcard.planNumber })
  const others = [
    createPhoneBillModule(phoneBill),
    createMicroAccountModule(microAccount),
    createECashModule(eCash),
    createBankTransferModule(banks, bankAccounts),
    createCashOnDeliveryModule(cash),
    createDirectDebitModule(directDebit),
    ...(stripe ? [createStripeModule(stripe)] : []),
    createGiroModule(giro),
  ]
  return new Map([card, vcard, ...others].map((each) => [each.code, each]))
}

import type { Banks } from '../gateways/bank/bank'
import type { Issuers } from '../gateways/issuer/issuer'
import { createBankTransferModule } from './bank-transfer/bank-transfer-module'
import type { CardVault } from './card/issuer-leg'
import { createCardModule } from './card/card-module'
import type { CashOnDelivery } from '../couriers/cash-on-delivery'
import { createCashOnDeliveryModule } from './cash-on-delivery/cash-on-delivery-module'
import { createECashModule, type ECashParts } from './e-cash/e-cash-module'
import type { ModuleCode, PaymentModule } from './payment-module'
import { createPhoneBillModule, type PhoneBillParts } from './phone-bill/phone-bill-module'
import { createVCardModule, type VCardAgent } from './vcard/vcard-module'

export interface ModuleParts {
  readonly issuers: Issuers
  readonly vault: CardVault
  readonly agent: VCardAgent
  readonly phoneBill: PhoneBillParts
  readonly eCash: ECashParts
  readonly banks: Banks
  readonly cash: CashOnDelivery
}

/** The one list of payment modules. A new means is a folder and a line here. */
export function installModules({
  issuers,
  vault,
  agent,
  phoneBill,
  eCash,
  banks,
  cash,
}: ModuleParts): ReadonlyMap<ModuleCode, PaymentModule> {
  const vcard = createVCardModule(issuers, vault, agent)
  const card = createCardModule({ issuers, vault, planVCard: vcard.planNumber })
  return new Map(
    [
      card,
      vcard,
      createPhoneBillModule(phoneBill),
      createECashModule(eCash),
      createBankTransferModule(banks),
      createCashOnDeliveryModule(cash),
    ].map((each) => [each.code, each]),
  )
}

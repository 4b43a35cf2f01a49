import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import { createChargeStore } from './charge-store'
import { type CentresTerms, createCentresTerms } from './centre-terms'
import { type Charges, createCharges } from './charges'
import { type Codes, createCodes } from './codes'
import { createCreditsByHand, type CreditsByHand } from './credits'
import { createLimits, type Limits } from './limits'
import { createLineVault, type LineVault } from './line-vault'
import { createPhoneOffer, type PhoneOffer } from './phone-offer'
import { createPayoutContracts, type PayoutContracts } from './payout-contracts'
import { createShopperLines, type ShopperLines } from './shopper-lines'

/** What purchases on telephone bills are made of; they know nothing of payments and their modules. */
export interface BillingRooms {
  readonly lineVault: LineVault
  readonly codes: Codes
  readonly charges: Charges
  /** In which zone and currency each telco's bills are made. */
  readonly centres: CentresTerms
  readonly limits: Limits
  readonly lines: ShopperLines
  readonly credits: CreditsByHand
  /** When shops have the money. */
  readonly contracts: PayoutContracts
  readonly offer: PhoneOffer
}

export function createBillingRooms({
  database,
  clock,
  vault,
  settings,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly settings: Settings
}): BillingRooms {
  const centres = createCentresTerms(settings)
  const limits = createLimits({ database, clock })
  const codes = createCodes({ database, clock, secret: settings.SESSION_SECRET })
  return {
    limits,
    codes,
    centres,
    lineVault: createLineVault({ database, clock, vault }),
    charges: createCharges({
      store: createChargeStore(database.pool),
      ...{ clock, vault, centres },
      contact: settings.PHONE_BILL_CONTACT ?? settings.WEB_URL,
    }),
    contracts: createPayoutContracts(database),
    credits: createCreditsByHand({ database, clock }),
    lines: createShopperLines({ database, clock, limits, centres }),
    offer: createPhoneOffer({ database, clock, codes, centres }),
  }
}

import { type Accounts, createAccounts } from '../accounts/accounts'
import { createUnregisteredNotices, type UnregisteredNotices } from '../accounts/unregistered-notices'
import { type BankAccounts, createBankAccounts } from '../bank-accounts/bank-accounts'
import { type BillingRooms, createBillingRooms } from '../billing/billing-rooms'
import { createCards, type Cards } from '../cards/cards'
import type { Vault } from '../cards/vault'
import { createCashOnDelivery } from '../couriers/cash-on-delivery'
import { createDebitLegs } from '../direct-debit/debit-legs'
import { createMandates, type Mandates } from '../direct-debit/mandates'
import { createECash, type ECash } from '../e-cash/e-cash'
import type { Settings } from '../env'
import { connectStripe, type StripeSettings } from '../gateways/stripe/stripe-link'
import { createGiro } from '../giro/giro'
import { createMerchantModules, type MerchantModules } from '../merchant-modules/merchant-modules'
import { loadPackages } from '../modules/packaged/load-packages'
import type { ModuleCode, PaymentModule } from '../modules/payment-module'
import { installModules } from '../modules/registry'
import { createGrants, type Grants } from '../vcard/grants'
import { createPreferences, type Preferences } from '../vcard/preferences'
import { createShopAgent, type ShopAgent } from '../vcard/shop-agent'
import { createVCards, type VCards } from '../vcard/vcards'
import { createWalletOrder, type WalletOrder } from '../wallet/wallet-order'
import { type Base, reporter } from './base'
import type { OutsideLinks } from './outside-links'
import type { ShopRooms } from './shop-rooms'

/** By what people pay, and the modules made of it. */
export interface MeansRooms {
  readonly cards: Cards
  readonly preferences: Preferences
  readonly vcards: VCards
  readonly grants: Grants
  readonly shopAgent: ShopAgent
  readonly accounts: Accounts
  readonly accountNotices: UnregisteredNotices
  readonly billing: BillingRooms
  readonly eCash: ECash
  /** What shoppers keep to pay from again. */
  readonly bankAccounts: BankAccounts
  /** What shoppers agreed to have collected from their bank accounts. */
  readonly mandates: Mandates
  /** In which order shoppers are offered what they have with us. */
  readonly walletOrder: WalletOrder
  readonly modules: ReadonlyMap<ModuleCode, PaymentModule>
  readonly merchantModules: MerchantModules
  /** Ends the modules that run beside this process. */
  closeModules(): Promise<void>
}

interface Parts extends Base {
  readonly vault: Vault
  readonly links: OutsideLinks
  readonly shops: Pick<ShopRooms, 'audit' | 'signing'>
}

export async function createMeansRooms(parts: Parts): Promise<MeansRooms> {
  const { settings, clock, log, database, vault, links, shops } = parts
  const { references, issuers, issuerTerms, telcos, banks } = links
  const { audit, signing } = shops
  const catalogue = settings.ISSUERS
  const cards = createCards({ database, clock, references, issuers, issuerTerms, catalogue, vault })
  const preferences = createPreferences({ database, clock })
  const vcards = createVCards({ database, clock, cards, preferences, vault, catalogue })
  const grants = createGrants({ database, clock, audit })
  const accounts = createAccounts({ database, clock, vault, settings })
  const billing = createBillingRooms({ database, clock, vault, settings })
  const eCash = createECash({ database, clock, vault })
  const accountNotices = createUnregisteredNotices({ pool: database.pool, clock, vault })
  const mandates = createMandates({ database, clock, vault, signing, settings })
  const bankAccounts = createBankAccounts({ database, clock, vault })
  const ownModules = installModules({
    issuers,
    vault: cards,
    agent: vcards,
    phoneBill: { telcos, ...billing },
    eCash,
    microAccount: { accounts, notices: accountNotices },
    banks,
    bankAccounts,
    cash: createCashOnDelivery({ database, clock }),
    giro: createGiro({ database, clock, banks: settings.BANK_FILES }),
    ...(settings.STRIPE_SECRET_KEY
      ? { stripe: connectStripe(stripeSettings(settings.STRIPE_SECRET_KEY, settings)) }
      : {}),
    directDebit: { clock, debits: createDebitLegs({ database, clock, mandates }) },
  })
  const packages = await loadPackages(settings.MODULES, { report: reporter(log), taken: [...ownModules.keys()] })
  const modules = new Map([...ownModules, ...packages.modules.map((each) => [each.code, each] as const)])
  return {
    ...{
      cards,
      preferences,
      vcards,
      grants,
      accounts,
      accountNotices,
      billing,
      eCash,
      mandates,
      modules,
      bankAccounts,
    },
    walletOrder: createWalletOrder({ database, clock }),
    shopAgent: createShopAgent({ database, clock, audit, grants, vcards }),
    merchantModules: createMerchantModules({ database, clock, settings, modules, refused: packages.refused }),
    closeModules: () => packages.close(),
  }
}

function stripeSettings(secretKey: string, { STRIPE_URL, STRIPE_TIME_LIMIT_MS }: Settings): StripeSettings {
  return { secretKey, url: STRIPE_URL, timeLimitMs: STRIPE_TIME_LIMIT_MS }
}

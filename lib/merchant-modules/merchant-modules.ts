import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import { findMerchant } from '../merchants/store'
import type { ModuleCode, PaymentModule } from '../modules/payment-module'
import type { Currency } from '../money/currency'
import { boundsFault } from '../payments/admit-means'
import type { AmountLimits, Buyer, ModuleTerms } from '../payments/module-terms'
import { findOpenTo } from './audience-store'
import { nextBatchAt } from './batch-store'
import { installedModule, type InstalledModule } from './installed-module'
import { findRunning, type Running } from './running-store'
import { createShopperGroups, type ShopperGroups } from './shopper-groups'
import { findTerms, insertFeeRule, insertTerms, lockTerms, updateTerms } from './store'
import { changedTerms, type TermsChanges, type TermsFault, termsFault } from './terms-changes'

export type TermsChanged =
  { kind: 'changed'; before: ModuleTerms; terms: ModuleTerms } | { kind: 'refused'; reason: TermsFault; words?: string }

/** A module that carries other amounts than this one, and which. */
export interface OutOfBounds extends AmountLimits {
  readonly module: ModuleCode
}

export interface Offered {
  readonly usable: readonly ModuleCode[]
  readonly outOfBounds: readonly OutOfBounds[]
}

/** The payment modules of each merchant: which are registered and active, and on what terms (M-150, M-156 … M-158). */
export interface MerchantModules extends ShopperGroups {
  /** Every module that this gateway has, registered by a merchant or not. */
  readonly installed: readonly InstalledModule[]
  /** Packages that the gateway was told to load and could not. */
  readonly refusedPackages: readonly RefusedPackage[]
  /** The terms of every module that the merchant has registered, in the order of the checkout. One query. */
  termsOf(merchantId: Uuid): Promise<ReadonlyMap<ModuleCode, ModuleTerms>>
  /** Which of these modules somebody may use. One query. */
  openTo(merchantId: Uuid, codes: readonly ModuleCode[], buyer: Buyer): Promise<ReadonlySet<ModuleCode>>
  /** The active modules that somebody may use, in the order of the checkout: by which an amount could be paid, and by which not. */
  offered(merchantId: Uuid, wish: { amount: bigint; currency: Currency; buyer: Buyer }): Promise<Offered>
  /** What still runs over each module. */
  running(merchantId: Uuid): Promise<ReadonlyMap<ModuleCode, Running>>
  /** A module takes part from its registration on, but takes no payment until it is activated (M-156, M-157). */
  register(merchantId: Uuid, module: ModuleCode): Promise<TermsChanged>
  /** Counts for payments that begin from now on; those under way, their captures and refunds finish (N15). */
  change(merchantId: Uuid, module: ModuleCode, changes: TermsChanges): Promise<TermsChanged>
  /** Asks the module itself whether it could take payments now; undefined where it has no way to say so. */
  check(module: ModuleCode): Promise<Awaited<ReturnType<NonNullable<PaymentModule['check']>>> | undefined>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'TIME_ZONE'>
  readonly modules: ReadonlyMap<ModuleCode, PaymentModule>
  readonly refused?: readonly RefusedPackage[]
}

export interface RefusedPackage {
  readonly source: string
  readonly why: string
}

export function createMerchantModules(parts: Parts): MerchantModules {
  const { database, clock, settings, modules, refused = [] } = parts
  const { prisma, pool } = database
  const installed = [...modules.values()].map(installedModule)

  async function termsOf(merchantId: Uuid): Promise<ReadonlyMap<ModuleCode, ModuleTerms>> {
    return new Map((await findTerms(prisma, merchantId)).map((terms) => [terms.module, terms]))
  }

  const openTo: MerchantModules['openTo'] = (merchantId, codes, buyer) => findOpenTo(pool, merchantId, codes, buyer)

  return {
    ...createShopperGroups({ database, clock }),
    installed,
    refusedPackages: refused,
    termsOf,
    openTo,

    async offered(merchantId, { amount, currency, buyer }) {
      const active = [...(await termsOf(merchantId)).values()].filter(
        (terms) =>
          terms.state === 'active' &&
          modules.has(terms.module) &&
          boundsFault(terms, amount, currency) !== 'currency-not-carried',
      )
      const listed = active.filter(({ audience }) => audience === 'listed').map(({ module }) => module)
      const open = listed.length > 0 ? await openTo(merchantId, listed, buyer) : new Set<ModuleCode>()
      // Whoever is not listed does not hear of the module at all.
      const shown = active.filter(({ module, audience }) => audience === 'everybody' || open.has(module))
      const isOutside = (terms: ModuleTerms) => boundsFault(terms, amount, currency) !== undefined
      return {
        usable: shown.filter((terms) => !isOutside(terms)).map(({ module }) => module),
        outOfBounds: shown.filter(isOutside).map(({ module, limits }) => ({ module, ...limits[currency] })),
      }
    },

    running: (merchantId) => findRunning(pool, merchantId),

    async register(merchantId, module) {
      if (!modules.has(module)) return { kind: 'refused', reason: 'not-installed' }
      return prisma.$transaction(async (tx) => {
        await insertTerms(tx, merchantId, module, clock.now())
        const terms = await lockTerms(tx, merchantId, module)
        if (!terms) return { kind: 'refused', reason: 'not-registered' }
        return { kind: 'changed', before: terms, terms }
      })
    },

    async change(merchantId, module, changes) {
      const found = modules.get(module)
      if (!found) return { kind: 'refused', reason: 'not-installed' }
      const merchant = await findMerchant(prisma, merchantId)
      const own = {
        installed: installedModule(found),
        currencies: merchant?.currencies ?? [],
        codes: [...modules.keys()],
      }
      const fault = termsFault(changes, own)
      if (fault) return { kind: 'refused', reason: fault }
      const words = changes.settings && (await wrongSettings(found, changes.settings))
      if (words !== undefined) return { kind: 'refused', reason: 'wrong-settings', words }
      const at = clock.now()
      const next = changes.schedule && (await nextBatchAt(pool, changes.schedule, settings.TIME_ZONE, at))
      return prisma.$transaction(async (tx) => {
        const before = await lockTerms(tx, merchantId, module)
        if (!before) return { kind: 'refused', reason: 'not-registered' }
        const terms = { ...changedTerms(before, changes, at), ...(next && { nextBatchAt: next }) }
        await updateTerms(tx, merchantId, terms)
        if (changes.fee) await insertFeeRule(tx, merchantId, terms, at)
        return { kind: 'changed', before, terms }
      })
    },

    async check(module) {
      return modules.get(module)?.check?.()
    },
  }
}

/** A module without settings of its own takes none. */
async function wrongSettings(
  paymentModule: PaymentModule,
  settings: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  if (paymentModule.settingsFault) return paymentModule.settingsFault(settings)
  return Object.keys(settings).length > 0 ? 'this module has no settings' : undefined
}

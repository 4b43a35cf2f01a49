import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { BankFilesSettings } from '../link-settings'
import type { Uuid } from '../ids'
import { publicId } from '../ids'
import type { Signing } from '../merchants/signing'
import type { Locale } from '../payments/payment'
import { consentText } from './consent'
import { mandateReference } from './debit'
import type { Mandate, MandateKind, OpenedAccount } from './mandate'
import {
  findMandate,
  insertMandate,
  type MandateFilter,
  mandatesOfMerchant,
  mandatesOfShopper,
  revokeMandate,
} from './mandate-store'

/** The bank that collects for us, once its settings say so. */
export type CollectingBank = BankFilesSettings & { readonly debits: NonNullable<BankFilesSettings['debits']> }

export interface NewMandate extends OpenedAccount {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly shopperId: Uuid
  readonly kind: MandateKind
  readonly bank: string
  readonly shop: string
  readonly locale: Locale
}

/** What shoppers have agreed to: that shops collect from their accounts (M-118). */
export interface Mandates {
  /** The bank that collects in a currency; undefined where none does. */
  collecting(currency: string): CollectingBank | undefined
  /** The words that are agreed to at a shop; undefined where nothing can be collected. */
  consent(locale: Locale, shop: string, kind: MandateKind, currency: string): string | undefined
  /** Writes down that somebody has agreed: words, moment and account signed, the account sealed. Said twice, it is one. */
  agree(made: NewMandate, bank: CollectingBank): Promise<Mandate>
  find(merchantId: Uuid, id: Uuid): Promise<Mandate | undefined>
  /** The one to charge: a recurring mandate of this shopper at this shop that is not revoked. */
  usable(merchantId: Uuid, shopperId: Uuid, id: Uuid): Promise<Mandate | undefined>
  /** A merchant's, the newest first. */
  ofMerchant(merchantId: Uuid, filter: MandateFilter): Promise<Mandate[]>
  /** The newest first. */
  ofShopper(shopperId: Uuid): Promise<Mandate[]>
  /** Nothing is charged to it any more; what is not at the bank yet is not collected. False: not theirs, or over already. */
  revoke(shopperId: Uuid, id: Uuid): Promise<boolean>
}

const MOST_SHOWN = 200

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  readonly vault: Vault
  readonly signing: Signing
  readonly settings: { readonly BANK_FILES: readonly BankFilesSettings[] }
}

export function createMandates({ database: { pool }, clock, vault, signing, settings }: Parts): Mandates {
  const collecting: Mandates['collecting'] = (currency) =>
    settings.BANK_FILES.find((bank): bank is CollectingBank => bank.debits !== undefined && bank.currency === currency)

  return {
    collecting,

    consent(locale, shop, kind, currency) {
      const bank = collecting(currency)
      return bank && consentText(locale, { ...factsOf(bank), shop, kind })
    },

    async agree({ shop, locale, number, holder, ...made }, bank) {
      const signedAt = clock.now()
      const lastFour = number.slice(-4)
      const { jws } = await signing.sign({
        ...{ iss: signing.gatewayName, iat: Math.floor(signedAt.getTime() / 1000) },
        ...{ mandate: mandateReference(made.id), merchant: publicId('mer', made.merchantId) },
        ...{ shopper: publicId('per', made.shopperId), bank: made.bank, account: lastFour, holder, locale },
        text: consentText(locale, { ...factsOf(bank), shop, kind: made.kind }),
      })
      const mandate: Mandate = { ...made, lastFour, consent: jws, state: 'active', signedAt }
      await insertMandate(pool, mandate, vault.seal(bindingOf(mandate), JSON.stringify({ number, holder })))
      return (await findMandate(pool, made.merchantId, made.id)) ?? mandate
    },

    find: (merchantId, id) => findMandate(pool, merchantId, id),

    async usable(merchantId, shopperId, id) {
      const found = await findMandate(pool, merchantId, id)
      return found?.shopperId === shopperId && found.kind === 'recurring' && found.state === 'active'
        ? found
        : undefined
    },

    ofMerchant: (merchantId, filter) => mandatesOfMerchant(pool, merchantId, filter),
    ofShopper: (shopperId) => mandatesOfShopper(pool, shopperId, MOST_SHOWN),
    revoke: (shopperId, id) => revokeMandate(pool, shopperId, id, clock.now()),
  }
}

/** What an account is sealed for. */
export function bindingOf({ merchantId, id }: Pick<Mandate, 'merchantId' | 'id'>) {
  return { kind: 'mandate', ownerId: merchantId, id } as const
}

const factsOf = ({ holder, debits }: CollectingBank) => ({ creditor: holder, creditorId: debits.creditorId })

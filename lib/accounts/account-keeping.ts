import type pg from 'pg'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import { createBatch } from '../db/batch'
import type { ListOrder } from '../db/list-order'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import { HOUSE_MERCHANT } from '../merchants/house'
import { maskNumber } from '../messages/compose-sms'
import type { Currency } from '../money/currency'
import type { Money } from '../money/money'
import type { Locale } from '../payments/payment'
import type { Account, AccountActor, AccountKind, AccountLimits, AccountRefusal, PinFault } from './account'
import { drawAccountNumber, readAccountNumber } from './account-number'
import { hashPin, pinFault } from './account-pin'
import {
  type AccountFilter,
  changeAccount,
  findAccount,
  findAccountByPrint,
  findAccounts,
  findAccountsByMobile,
  findAccountsOfShopper,
  findRefusal,
  findSealedByOther,
  findSealedByOthers,
  findSealedNumber,
  insertAccount,
  replaceSealed,
  resumeAccount,
  searchAccounts,
  type SealedAccount,
  type SealedMobile,
  suspendAccount,
} from './account-store'

export interface NewAccount {
  /** Drawn when absent. */
  readonly id?: Uuid
  readonly kind: AccountKind
  readonly currency: Currency
  /** The merchant that opens it; absent: the house. */
  readonly issuerId?: Uuid
  /** Absent: nobody's until it is claimed with its number and PIN. */
  readonly shopperId?: Uuid
  readonly nickname?: string
  readonly locale?: Locale
  /** A postpaid account must have a limit per month. */
  readonly limits?: AccountLimits
  readonly creditLimit?: bigint
  readonly threshold?: bigint
  readonly validUntil?: Date
  /** E.164, with the plus. */
  readonly mobile?: string
  readonly pin?: string
}

/** With its number: this once, to be printed on its card. */
export type OpenResult =
  { kind: 'opened'; account: Account; number: string } | { kind: 'refused'; reason: PinFault | 'month-limit-missing' }

export interface AccountSearch {
  /** A whole number, four last digits, a mobile number (E.164), or a part of its holder's name or e-mail address. */
  readonly text?: string
  readonly state?: 'usable' | 'suspended' | 'lost' | 'expired'
  readonly issuerId?: Uuid
  /** The newest first where nothing is said. */
  readonly order?: ListOrder | undefined
  /** Where the page before ended. */
  readonly before?: Uuid
  /** At most 100. */
  readonly limit: number
}

/** The accounts themselves: opened, found, limited, suspended. What sets something says false where there is no such account. */
export interface AccountKeeping {
  open(wanted: NewAccount): Promise<OpenResult>
  find(accountId: Uuid): Promise<Account | undefined>
  /** The whole number, for whoever prints the card. Never log it. */
  numberOf(accountId: Uuid): Promise<string | undefined>
  /** By the number printed on its card, in groups or not. For whoever has proved control, or may charge it. */
  findByNumber(number: string): Promise<Account | undefined>
  /** By the telephone number (E.164) that its messages go to; the oldest first. */
  ofMobile(mobile: string): Promise<Account[]>
  ofShopper(shopperId: Uuid): Promise<Account[]>
  /** For operators, and merchants with their issuerId; the newest first. */
  list(search: AccountSearch): Promise<Account[]>
  /** Whether so much could be charged now (M-82). A charge that follows decides anew. */
  check(accountId: Uuid, amount: Money): Promise<{ kind: 'usable' } | { kind: 'refused'; reason: AccountRefusal }>
  rename(accountId: Uuid, nickname: string): Promise<boolean>
  /** The issuer's limits; a lowered one counts from the next charge on. False for a postpaid account without one a month. */
  setLimits(accountId: Uuid, limits: AccountLimits, creditLimit?: bigint): Promise<boolean>
  /** The holder's own. */
  setOwnLimits(accountId: Uuid, limits: AccountLimits): Promise<boolean>
  setThreshold(accountId: Uuid, threshold: bigint | undefined): Promise<boolean>
  setValidity(accountId: Uuid, validUntil: Date | undefined): Promise<boolean>
  setMobile(accountId: Uuid, mobile: string | undefined): Promise<boolean>
  suspend(accountId: Uuid, by: AccountActor, reason?: string): Promise<boolean>
  /** False too for what somebody of another kind suspended; the operator may resume everything, the issuer what its holder suspended. */
  resume(accountId: Uuid, by: AccountActor): Promise<boolean>
  /** Nothing is charged from this moment on (M-101). False when it was reported before. */
  reportLost(accountId: Uuid, by: AccountActor): Promise<boolean>
  /** The card was found, or a new one is in its holder's hands: for the operator. */
  liftLoss(accountId: Uuid): Promise<boolean>
  /** Seals a batch of accounts again with the key in use; zero when none is left under an older one. */
  rotateKeys(batch: number): Promise<number>
}

export interface KeepingParts {
  readonly pool: pg.Pool
  readonly vault: Vault
  readonly clock: Clock
  readonly zone: string
}

const LARGEST_PAGE = 100
// Charges through an open interface ask for the account first; two lookups at once keep either from waiting long.
const LOOKUPS = { calls: 2, largest: 64, order: (id: Uuid) => id }

export function createAccountKeeping({ pool, vault, clock, zone }: KeepingParts): AccountKeeping {
  const moment = () => ({ now: clock.now(), zone })
  const find = createBatch<Uuid, Account | undefined>((ids) => findAccounts(pool, ids, moment()), LOOKUPS)
  const bindingOf = (kind: 'account' | 'account-mobile', id: Uuid) => ({ kind, ownerId: id, id })
  const printOfMobile = (mobile: string) => vault.fingerprint(`account-mobile:${mobile}`)

  function sealMobile(id: Uuid, mobile: string): SealedMobile {
    return {
      sealed: vault.seal(bindingOf('account-mobile', id), mobile).sealedNumber,
      print: printOfMobile(mobile),
      masked: maskNumber(mobile),
    }
  }

  function readSearch(typed: string): AccountFilter | undefined {
    const text = typed.normalize('NFC').trim()
    const number = readAccountNumber(text)
    if (number) return { fingerprint: vault.fingerprint(number), limit: 0 }
    if (/^[0-9]{4}$/.test(text)) return { lastFour: text, limit: 0 }
    if (/^\+[0-9]{7,15}$/.test(text)) return { mobilePrint: printOfMobile(text), limit: 0 }
    return text === '' ? undefined : { holder: text, limit: 0 }
  }

  async function reseal(row: SealedAccount): Promise<void> {
    const { id, key_id: keyId } = row
    const again = (kind: 'account' | 'account-mobile', sealedNumber: Uint8Array<ArrayBuffer>) =>
      vault.seal(bindingOf(kind, id), vault.open(bindingOf(kind, id), { sealedNumber, keyId })).sealedNumber
    await replaceSealed(pool, row, {
      number: again('account', row.sealed_number),
      mobile: row.sealed_mobile && again('account-mobile', row.sealed_mobile),
      keyId: vault.keyId,
    })
  }

  return {
    async open({ issuerId = HOUSE_MERCHANT, nickname = '', locale = 'ko', limits = {}, mobile, pin, ...wanted }) {
      if (wanted.kind === 'postpaid' && limits.perMonth === undefined) {
        return { kind: 'refused', reason: 'month-limit-missing' }
      }
      const fault = pin === undefined ? undefined : pinFault(pin)
      if (fault) return { kind: 'refused', reason: fault }
      const at = moment()
      const id = wanted.id ?? uuidAt(at.now)
      const pinHash = pin === undefined ? undefined : await hashPin(vault, id, pin)
      for (;;) {
        const number = drawAccountNumber()
        const sealed = vault.seal(bindingOf('account', id), number)
        const inserted = await insertAccount(
          pool,
          {
            ...wanted,
            ...{ id, issuerId, nickname, locale, limits },
            fingerprint: vault.fingerprint(number),
            ...sealed,
            lastFour: number.slice(-4),
            ...(mobile !== undefined && { mobile: sealMobile(id, mobile) }),
            ...(pinHash !== undefined && { pinHash }),
          },
          at,
        )
        if (!inserted) continue
        const account = await findAccount(pool, id, at)
        invariant(account, 'an account that was just opened is there')
        return { kind: 'opened', account, number }
      }
    },

    find,
    async numberOf(accountId) {
      const sealed = await findSealedNumber(pool, accountId)
      return sealed && vault.open(bindingOf('account', accountId), sealed)
    },
    async findByNumber(typed) {
      const number = readAccountNumber(typed)
      return number === undefined ? undefined : findAccountByPrint(pool, vault.fingerprint(number), moment())
    },
    ofMobile: (mobile) => findAccountsByMobile(pool, printOfMobile(mobile), moment()),
    ofShopper: (shopperId) => findAccountsOfShopper(pool, shopperId, moment()),
    list: ({ text, limit, ...filter }) =>
      searchAccounts(
        pool,
        { ...(text !== undefined && readSearch(text)), ...filter, limit: Math.min(limit, LARGEST_PAGE) },
        moment(),
      ),

    async check(accountId, amount) {
      const reason = await findRefusal(pool, accountId, amount, moment())
      return reason === null ? { kind: 'usable' } : { kind: 'refused', reason: reason ?? 'unregistered' }
    },

    rename: (accountId, nickname) => changeAccount(pool, accountId, { nickname }),
    setLimits: (accountId, limits, creditLimit) =>
      changeAccount(pool, accountId, {
        limits: { limits, at: clock.now(), ...(creditLimit !== undefined && { creditLimit }) },
      }),
    setOwnLimits: (accountId, limits) => changeAccount(pool, accountId, { ownLimits: { limits, at: clock.now() } }),
    setThreshold: (accountId, value) => changeAccount(pool, accountId, { threshold: { value } }),
    setValidity: (accountId, value) => changeAccount(pool, accountId, { validUntil: { value } }),

    async setMobile(accountId, mobile) {
      if (mobile === undefined) return changeAccount(pool, accountId, { mobile: { value: undefined } })
      const value = { ...sealMobile(accountId, mobile), keyId: vault.keyId }
      if (await changeAccount(pool, accountId, { mobile: { value } })) return true
      // Its number is sealed with an older key: number and telephone share one.
      const row = await findSealedByOther(pool, vault.keyId, accountId)
      if (row) await reseal(row)
      return changeAccount(pool, accountId, { mobile: { value } })
    },

    suspend: (accountId, by, reason) =>
      suspendAccount(pool, accountId, { by, at: clock.now(), ...(reason !== undefined && { reason }) }),
    resume: (accountId, by) => resumeAccount(pool, accountId, by),
    reportLost: (accountId, by) => changeAccount(pool, accountId, { lost: { at: clock.now(), by } }),
    liftLoss: (accountId) => changeAccount(pool, accountId, { lost: 'lifted' }),

    async rotateKeys(batch) {
      const rows = await findSealedByOthers(pool, vault.keyId, batch)
      for (const row of rows) await reseal(row)
      return rows.length
    },
  }
}

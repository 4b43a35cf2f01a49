import { z } from 'zod'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import {
  type BankAccountRow,
  countBankAccounts,
  deleteBankAccount,
  findBankAccount,
  findBankAccounts,
  findSameAccount,
  findSealedByOthers,
  lockBankAccounts,
  putBankAccount,
  reseal,
} from './store'

/** A bank account as its bank knows it, without its password, which is never kept. */
export interface BankAccount {
  /** Code of the bank. */
  readonly bank: string
  /** Digits. */
  readonly account: string
  /** The holder's name, as the bank has it. */
  readonly name: string
}

/** What is shown of a kept account. */
export interface SavedBankAccount {
  readonly id: Uuid
  readonly bank: string
  readonly lastFour: string
  readonly holder: string
  /** When the shopper agreed that it is kept. */
  readonly consentAt: Date
}

/** More than anybody pays from; a bound on what one shopper can put into the vault. */
export const MOST_BANK_ACCOUNTS = 20

/** Bank accounts that shoppers keep after a transfer from them, to be filled in the next time (M-192). Sealed at rest. */
export interface BankAccounts {
  /** Keeps an account that its holder agreed to have kept, and that its bank has just verified. Kept twice, it is there once. */
  keep(shopperId: Uuid, account: BankAccount): Promise<{ kind: 'kept'; id: Uuid } | { kind: 'too-many' }>
  /** The latest first. */
  list(shopperId: Uuid): Promise<SavedBankAccount[]>
  /** The account as its bank is told it, for a transfer and nothing else. Somebody else's is a missing one. */
  open(shopperId: Uuid, id: Uuid): Promise<BankAccount | undefined>
  /** Forgets an account; false when it was not there. Transfers that are under way need it no more. */
  remove(shopperId: Uuid, id: Uuid): Promise<boolean>
  /** Seals a batch again with the key in use. @returns how many; 0 when none is left */
  rotateKeys(batch: number): Promise<number>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
}

const sealedAccount = z.strictObject({ account: z.string(), name: z.string() })

export function createBankAccounts({ database, clock, vault }: Parts): BankAccounts {
  const { prisma } = database

  // What is sealed is text of one line, whatever a name is written in.
  function seal(shopperId: Uuid, id: Uuid, { account, name }: Pick<BankAccount, 'account' | 'name'>) {
    const text = Buffer.from(JSON.stringify({ account, name })).toString('base64')
    const { sealedNumber, keyId } = vault.seal({ kind: 'bank-account', ownerId: shopperId, id }, text)
    return { sealed: sealedNumber, keyId }
  }

  function opened({ shopperId, id, bank, sealed, keyId }: BankAccountRow): BankAccount {
    const text = vault.open({ kind: 'bank-account', ownerId: shopperId, id }, { sealedNumber: sealed, keyId })
    return { bank, ...sealedAccount.parse(JSON.parse(Buffer.from(text, 'base64').toString())) }
  }

  return {
    keep: (shopperId, { bank, account, name }) =>
      database.transaction(async (tx) => {
        await lockBankAccounts(tx, shopperId)
        const fingerprint = vault.fingerprint(`bank-account ${bank} ${account}`)
        const known = await findSameAccount(tx, shopperId, fingerprint)
        if (!known && (await countBankAccounts(tx, shopperId)) >= MOST_BANK_ACCOUNTS) return { kind: 'too-many' }
        const consentAt = clock.now()
        const id = known ?? uuidAt(consentAt)
        const sealed = seal(shopperId, id, { account, name })
        await putBankAccount(tx, {
          shopperId,
          id,
          bank,
          fingerprint,
          lastFour: account.slice(-4),
          consentAt,
          ...sealed,
        })
        return { kind: 'kept', id }
      }),

    async list(shopperId) {
      const rows = await findBankAccounts(prisma, shopperId)
      return rows.map((row) => {
        const { id, bank, lastFour, consentAt } = row
        return { id, bank, lastFour, consentAt, holder: opened(row).name }
      })
    },

    async open(shopperId, id) {
      const row = await findBankAccount(prisma, shopperId, id)
      return row && opened(row)
    },

    remove: (shopperId, id) => deleteBankAccount(prisma, shopperId, id),

    async rotateKeys(batch) {
      const rows = await findSealedByOthers(prisma, vault.keyId, batch)
      for (const row of rows) await reseal(prisma, row, seal(row.shopperId, row.id, opened(row)))
      return rows.length
    },
  }
}

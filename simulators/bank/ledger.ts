/** The books of one bank: its accounts, transfers and reversals. Pure but for the clock; the journal is bank.ts's. */
import { createHash } from 'node:crypto'
import type { BankProfile } from './catalogue'
import { DEMO_ACCOUNTS } from './demo-accounts'
import type { AccountChange } from './account-change'
import type { ReversalState, TransferRequest, TransferState } from './messages'

/** An account is locked by this many wrong passwords in a row. */
const WRONG_PASSWORDS = 5

export interface Account {
  readonly number: string
  readonly role: string
  /** What the bank calls it to the gateway once its password was given. */
  readonly ref: string
  readonly currency: string
  holder: string
  password: string
  balance: bigint
  standing: 'active' | 'suspended'
  wrongPasswords: number
}

export interface Transfer {
  readonly request: TransferRequest
  readonly state: TransferState
  readonly reversals: ReversalState[]
}

export type Verification = { readonly ok: true; readonly accountRef: string } | { readonly refused: string }

const spaceless = (name: string) => name.normalize('NFC').replace(/\s+/gu, '')

export class Ledger {
  private readonly accounts = new Map<string, Account>()
  /** Oldest first. */
  readonly transfers = new Map<string, Transfer>()
  /** What the gateway's account at the bank has, by currency. */
  readonly collected = new Map<string, bigint>()

  constructor(private readonly profile: BankProfile) {
    for (const { bank, number, role, locked, ...each } of DEMO_ACCOUNTS) {
      if (bank === profile.code) this.add(number, { ...each, role, wrongPasswords: locked ? WRONG_PASSWORDS : 0 })
    }
  }

  all(): readonly Account[] {
    return [...this.accounts.values()]
  }

  find(number: string): Account | undefined {
    return this.accounts.get(number)
  }

  /** Whoever does not know the password learns nothing of how the account stands. */
  verify(asked: { account: string; password: string; name: string; amount?: bigint; currency?: string }): Verification {
    const account = this.accounts.get(asked.account)
    if (!account || spaceless(account.holder) !== spaceless(asked.name)) return { refused: 'NO_ACCOUNT' }
    if (isLocked(account)) return { refused: 'LOCKED' }
    if (account.password !== asked.password) {
      account.wrongPasswords += 1
      return { refused: isLocked(account) ? 'LOCKED' : 'WRONG_PASSWORD' }
    }
    account.wrongPasswords = 0
    if (account.standing === 'suspended') return { refused: 'SUSPENDED' }
    if (asked.amount !== undefined && (asked.currency !== account.currency || asked.amount > account.balance))
      return { refused: 'INSUFFICIENT' }
    return { ok: true, accountRef: account.ref }
  }

  /** Books a transfer or refuses it; undefined when its id was used for another. */
  transfer(request: TransferRequest, at: Date, forced?: string): Transfer | undefined {
    const earlier = this.transfers.get(request.transferId)
    if (earlier) return JSON.stringify(earlier.request) === JSON.stringify(request) ? earlier : undefined
    const { transferId, amount, currency } = request
    const from = this.all().find(({ ref }) => ref === request.from)
    const reason = forced ?? this.refusalOf(request, from)
    const state: TransferState = {
      ...{ transferId, amount, currency },
      ...(reason === undefined ? booked(`T${transferId}`, at) : { state: 'refused' as const, reason }),
    }
    const made = { request, state, reversals: [] }
    this.apply(made)
    return made
  }

  /** undefined: no such transfer, or the id was used for another reversal. */
  reverse(transferId: string, asked: { reversalId: string; amount: string }, at: Date, forced?: string) {
    const transfer = this.transfers.get(transferId)
    if (!transfer) return undefined
    const earlier = transfer.reversals.find(({ reversalId }) => reversalId === asked.reversalId)
    if (earlier) return earlier.amount === asked.amount ? earlier : undefined
    const given = transfer.reversals.filter(({ state }) => state === 'booked').map(({ amount }) => BigInt(amount))
    const left = BigInt(transfer.state.amount) - given.reduce((sum, each) => sum + each, 0n)
    const isTooMuch = transfer.state.state !== 'booked' || BigInt(asked.amount) > left
    const reason = forced ?? (isTooMuch ? 'EXCEEDS' : undefined)
    const made: ReversalState = {
      ...{ ...asked, transferId, currency: transfer.state.currency },
      ...(reason === undefined ? booked(`R${asked.reversalId}`, at) : { state: 'refused' as const, reason }),
    }
    this.applyReversal(made)
    return made
  }

  /** Puts a transfer into the books, as it happened now or as the journal tells it. */
  apply({ request, state }: Pick<Transfer, 'request' | 'state'>): void {
    this.transfers.set(state.transferId, { request, state, reversals: [] })
    if (state.state === 'booked') this.move(request.from, state.currency, BigInt(state.amount))
  }

  applyReversal(state: ReversalState): void {
    const transfer = this.transfers.get(state.transferId)
    if (!transfer) return
    transfer.reversals.push(state)
    if (state.state === 'booked') this.move(transfer.request.from, state.currency, -BigInt(state.amount))
  }

  /** Changes an account, or opens a new one. */
  change({ number, ...change }: AccountChange): void {
    const account =
      this.accounts.get(number) ??
      this.add(number, {
        ...{ role: 'new', holder: '새 고객', password: '0000', currency: 'KRW' },
        ...{ balance: 0n, standing: 'active', wrongPasswords: 0 },
      })
    account.holder = change.holder ?? account.holder
    account.password = change.password ?? account.password
    account.standing = change.standing ?? account.standing
    if (change.balance !== undefined) account.balance = BigInt(change.balance)
    if (change.locked !== undefined) account.wrongPasswords = change.locked ? WRONG_PASSWORDS : 0
  }

  private refusalOf({ to, amount, currency }: TransferRequest, from: Account | undefined): string | undefined {
    if (!from || to !== this.profile.gatewayAccount || currency !== from.currency) return 'NO_ACCOUNT'
    if (from.standing === 'suspended') return 'SUSPENDED'
    return from.balance < BigInt(amount) ? 'INSUFFICIENT' : undefined
  }

  private move(ref: string, currency: string, amount: bigint): void {
    const account = this.all().find((each) => each.ref === ref)
    if (account) account.balance -= amount
    this.collected.set(currency, (this.collected.get(currency) ?? 0n) + amount)
  }

  private add(number: string, of: Omit<Account, 'number' | 'ref'>): Account {
    const ref = `A${createHash('sha256').update(`${this.profile.code} ${number}`).digest('hex').slice(0, 20)}`
    const made = { number, ref, ...of }
    this.accounts.set(number, made)
    return made
  }
}

export const isLocked = (account: Account): boolean => account.wrongPasswords >= WRONG_PASSWORDS

function booked(bankRef: string, at: Date) {
  return { state: 'booked' as const, bookedAt: at.toISOString(), bankRef }
}

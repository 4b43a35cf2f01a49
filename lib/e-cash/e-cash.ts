import type { PinFault } from '../accounts/account'
import { hashPin, pinFault, pinMatches } from '../accounts/account-pin'
import { inTurn } from '../auth/hash-turns'
import type { Vault } from '../cards/vault'
import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import type { LegToSettle } from '../modules/payment-module'
import type { Currency } from '../money/currency'
import type { Money } from '../money/money'
import {
  type Deposit,
  type DepositedBy,
  findDeposits,
  findDueShops,
  findShopWallet,
  insertDeposit,
} from './shop-wallet-store'
import { createSpendStore, type DoneResult, type HoldResult, type Spend } from './spend-store'
import type { Caps, Wallet, WalletMove } from './wallet'
import { beginPinTry, endPinTry, findCaps, findMoves, findWallets, insertWallet, savePin } from './wallet-store'

export type PinVerdict = 'right' | 'wrong-pin' | 'pin-locked'

/**
 * Stored value (M-115): a person's wallet with a PIN, from which an amount moves to the shop's wallet; the shop deposits
 * what it has taken. Value cannot be spent twice: every move is made under the lock of the wallet's row, and each leg has
 * one row for ever.
 */
export interface ECash {
  wallets(shopperId: Uuid): Promise<Wallet[]>
  walletIn(shopperId: Uuid, currency: Currency): Promise<Wallet | undefined>
  /** Absent where there is no e-cash in a currency. */
  caps(currency: Currency): Promise<Caps | undefined>
  open(
    shopperId: Uuid,
    wanted: { currency: Currency; pin: string },
  ): Promise<{ kind: 'opened'; wallet: Wallet } | { kind: 'refused'; reason: PinFault | 'open-already' | 'currency' }>
  /** Five wrong ones in a row lock it. */
  checkPin(wallet: Pick<Wallet, 'shopperId' | 'id'>, pin: string): Promise<PinVerdict>
  /** For a holder who has proved by PIN or password to be the one; a lock is gone afterwards. */
  setPin(wallet: Pick<Wallet, 'shopperId' | 'id'>, pin: string): Promise<'done' | PinFault>
  history(wallet: Pick<Wallet, 'shopperId' | 'id'>, page: { before?: Uuid; limit: number }): Promise<WalletMove[]>

  hold(leg: LegToSettle): Promise<HoldResult>
  settle(leg: LegToSettle): Promise<DoneResult>
  release(leg: LegToSettle): Promise<DoneResult>
  giveBack(leg: LegToSettle, refund: { reference: string; amount: Money }): Promise<DoneResult>

  /** What a shop has taken and not deposited yet, by currency; less than nothing after refunds of what was deposited. */
  taken(merchantId: Uuid): Promise<readonly Money[]>
  /** From the shop's wallet to what is owed to it. */
  deposit(merchantId: Uuid, by: DepositedBy): Promise<readonly Money[]>
  deposits(merchantId: Uuid, page: { before?: Uuid; limit: number }): Promise<Deposit[]>
  /** Deposits for shops that have not done so for a day, at most so many; true when there are more. Run by the worker. */
  depositDue(limit: number): Promise<boolean>
}

// What a shop has taken does not lie in its wallet for longer than a day.
const DEPOSITED_WITHIN_MS = DAY_MS

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'fingerprint'>
}

export function createECash({ database: { pool, prisma }, clock, vault }: Parts): ECash {
  const spends = createSpendStore(pool)

  function spendOf(leg: LegToSettle, amount: Money = leg.amount): Spend {
    const { merchantId, paymentId, attempt, leg: number, means, orderName } = leg
    return {
      ...{ merchantId, paymentId, attempt, leg: number, description: orderName, at: clock.now() },
      shopperId: String(means['shopperId']),
      walletId: String(means['walletId']),
      ...amount,
    }
  }

  async function walletIn(shopperId: Uuid, currency: Currency): Promise<Wallet | undefined> {
    return (await findWallets(prisma, shopperId)).find((wallet) => wallet.currency === currency)
  }

  async function deposit(merchantId: Uuid, by: DepositedBy): Promise<readonly Money[]> {
    const deposited: Money[] = []
    for (const { currency } of await findShopWallet(pool, merchantId)) {
      const at = clock.now()
      const amount = await insertDeposit(pool, { merchantId, id: uuidAt(at), currency, by, at })
      if (amount !== 0n) deposited.push({ amount, currency })
    }
    return deposited
  }

  return {
    wallets: (shopperId) => findWallets(prisma, shopperId),
    walletIn,
    caps: (currency) => findCaps(prisma, currency),

    async open(shopperId, { currency, pin }) {
      const fault = pinFault(pin)
      if (fault) return { kind: 'refused', reason: fault }
      if (!(await findCaps(prisma, currency))) return { kind: 'refused', reason: 'currency' }
      const openedAt = clock.now()
      const id = uuidAt(openedAt)
      const pinHash = await hashPin(vault, id, pin)
      const isNew = await insertWallet(prisma, { shopperId, id, currency, pinHash, openedAt })
      if (!isNew) return { kind: 'refused', reason: 'open-already' }
      return { kind: 'opened', wallet: { shopperId, id, currency, balance: 0n, held: 0n, isLocked: false, openedAt } }
    },

    checkPin: (wallet, pin) =>
      inTurn(async () => {
        const hash = await beginPinTry(pool, wallet)
        if (hash === undefined) return 'pin-locked'
        const matches = await pinMatches(vault, wallet.id, pin, hash)
        const isLocked = await endPinTry(pool, wallet, { matches, hash, at: clock.now() })
        if (matches) return isLocked ? 'pin-locked' : 'right'
        return isLocked ? 'pin-locked' : 'wrong-pin'
      }),

    async setPin(wallet, pin) {
      const fault = pinFault(pin)
      if (fault) return fault
      await savePin(prisma, wallet, await hashPin(vault, wallet.id, pin))
      return 'done'
    },

    history: (wallet, page) => findMoves(pool, wallet, page),

    hold: (leg) => spends.hold(spendOf(leg)),
    settle: (leg) =>
      spends.settle({ ...spendOf(leg), postingId: uuidAt(clock.now()), reference: leg.authorizeReference }),
    release: (leg) => spends.release(spendOf(leg)),
    giveBack: (leg, { reference, amount }) =>
      spends.giveBack({ ...spendOf(leg, amount), postingId: uuidAt(clock.now()), reference }),

    taken: (merchantId) => findShopWallet(pool, merchantId),
    deposit,
    deposits: (merchantId, page) => findDeposits(pool, merchantId, page),
    async depositDue(limit) {
      const due = await findDueShops(pool, later(clock.now(), -DEPOSITED_WITHIN_MS), limit)
      for (const merchantId of new Set(due)) {
        await deposit(merchantId, { kind: 'job', id: 'deposit-e-cash', name: '' })
      }
      return due.length === limit
    },
  }
}

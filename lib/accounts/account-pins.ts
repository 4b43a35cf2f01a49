import type pg from 'pg'
import { inTurn } from '../auth/hash-turns'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Uuid } from '../ids'
import type { Account, PinFault } from './account'
import { readAccountNumber } from './account-number'
import { hashPin, pinFault, pinMatches } from './account-pin'
import {
  changeAccount,
  claimAccount,
  countPinTry,
  findAccount,
  findAccountByPrint,
  forgetPinTries,
} from './account-store'

/** `locked` is said only where the account was named by its id: whoever types a number hears `wrong`, whatever is (P6.7). */
export type PinResult = { kind: 'right'; account: Account } | { kind: 'wrong' } | { kind: 'locked' }

/** Who may use an account: whoever knows its PIN. Five wrong ones lock it until a new one is set. */
export interface AccountPins {
  /** Sets a PIN of 4 to 8 digits and forgets wrong tries. For the logged-in holder, or the operator. */
  setPin(
    accountId: Uuid,
    pin: string,
  ): Promise<{ kind: 'set' } | { kind: 'refused'; reason: PinFault | 'unregistered' }>
  /**
   * Counts the try before it looks, so that guesses at once are not more than five. What does not exist, or has no PIN,
   * takes as long and answers alike (P6.7).
   */
  verifyPin(account: { readonly id: Uuid } | { readonly number: string }, pin: string): Promise<PinResult>
  /** Makes an account that is nobody's the shopper's own, by number and PIN. */
  claim(shopperId: Uuid, number: string, pin: string): Promise<PinResult | { kind: 'taken' }>
}

export function createAccountPins({
  pool,
  vault,
  clock,
  zone,
}: {
  readonly pool: pg.Pool
  readonly vault: Pick<Vault, 'fingerprint'>
  readonly clock: Clock
  readonly zone: string
}): AccountPins {
  const moment = () => ({ now: clock.now(), zone })

  async function named(which: { readonly id: Uuid } | { readonly number: string }): Promise<Account | undefined> {
    if ('id' in which) return findAccount(pool, which.id, moment())
    const number = readAccountNumber(which.number)
    return findAccountByPrint(pool, vault.fingerprint(number ?? ''), moment())
  }

  async function tryPin(which: { readonly id: Uuid } | { readonly number: string }, pin: string): Promise<PinResult> {
    const account = await named(which)
    const tried = account && (await countPinTry(pool, account.id))
    const right = await pinMatches(vault, account?.id ?? '', pin, tried?.pinHash)
    if (!account || !tried || !right) {
      const locked = 'id' in which && account?.hasPin && (!tried || tried.tries >= 5)
      return { kind: locked ? 'locked' : 'wrong' }
    }
    await forgetPinTries(pool, account.id, tried.pinHash)
    return { kind: 'right', account }
  }

  const verifyPin: AccountPins['verifyPin'] = (which, pin) => inTurn(() => tryPin(which, pin))

  return {
    verifyPin,

    async setPin(accountId, pin) {
      const fault = pinFault(pin)
      if (fault) return { kind: 'refused', reason: fault }
      const set = await changeAccount(pool, accountId, { pinHash: await hashPin(vault, accountId, pin) })
      return set ? { kind: 'set' } : { kind: 'refused', reason: 'unregistered' }
    },

    async claim(shopperId, number, pin) {
      const proved = await verifyPin({ number }, pin)
      if (proved.kind !== 'right') return proved
      const { id } = proved.account
      if (!(await claimAccount(pool, id, shopperId, clock.now()))) return { kind: 'taken' }
      return { kind: 'right', account: { ...proved.account, shopperId } }
    },
  }
}

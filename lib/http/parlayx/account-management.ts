import { createHash } from 'node:crypto'
import type { Account, AccountMovement } from '../../accounts/account'
import { type Uuid, uuidAt } from '../../ids'
import { decimalOf } from '../../money/decimal'
import type { ApplicationCaller } from '../../open-service/application'
import { findAccount, readEndUser } from '../../parlayx/end-user'
import { policyException, serviceException } from '../../parlayx/faults'
import { accountChangeNotificationManager, accountManagement } from '../../parlayx/interfaces/account-management'
import { ApiError } from '../errors'
import type { HttpGateway } from '../http-gateway'
import { onceOnly } from '../idempotency'
import type { Reply } from '../route'
import { chargeAnswer, readAmount, requesterOf } from './charging-parts'
import { serveInterface } from './parlayx-route'
import { readReference, readReferenceCode } from './read-parts'
import { startAnswer } from './start-answer'

/** What is left to spend, what is owed, and what is left of the month's limit. */
type BalanceType = 'Credit' | 'Owed' | 'MonthLimit'

const MOST_ENTRIES = 100
const LONGEST_PERIOD_DAYS = 3_660

/** Account Management: what an account holds, how it is loaded, and what was done with it. */
export const accountManagementRoutes = [
  ...serveInterface(
    accountManagement,
    {
      getBalance: 'parlayx.account.see',
      getCreditExpiryDate: 'parlayx.account.see',
      balanceUpdate: 'parlayx.account.change',
      voucherUpdate: 'parlayx.account.change',
      getHistory: 'parlayx.account.see',
      getBalanceTypes: 'parlayx.account.see',
    },
    {
      async getBalance({ gateway, application, merchant, input }) {
        return { result: balancesOf(await authenticated(gateway, { application, merchant }, input)) }
      },

      async getCreditExpiryDate({ gateway, application, merchant, input }) {
        const { kind, validUntil } = await authenticated(gateway, { application, merchant }, input)
        return { result: [{ balanceType: balanceTypeOf({ kind }), ...(validUntil && { date: validUntil }) }] }
      },

      async balanceUpdate({ gateway, application, merchant, input }) {
        const caller = { application, merchant }
        const reference = readReferenceCode(input.referenceCode)
        const { period } = input
        if (period !== undefined && (period < 1 || period > LONGEST_PERIOD_DAYS)) {
          throw serviceException('SVC0002', 'period')
        }
        const account = await authenticated(gateway, caller, input)
        if (input.balanceType !== balanceTypeOf(account)) {
          throw serviceException('SVC0003', 'balanceType', balanceTypeOf(account))
        }
        const amount = readAmount(caller, input.amount, account.currency)
        const loaded = await gateway.accounts.topUp({
          ...{ merchantId: merchant.id, requester: requesterOf(application), reference: `load:${reference}` },
          ...{ accountId: account.id, amount, description: merchant.name, shop: merchant.name, paidTo: 'merchant' },
          ...(period !== undefined && { validForDays: period }),
        })
        return chargeAnswer(loaded)
      },

      async voucherUpdate({ gateway, application, merchant, input }) {
        const reference = readReferenceCode(input.referenceCode)
        // Vouchers here are secret codes of their own, without a PIN beside them.
        if (input.voucherPin !== undefined && input.voucherPin !== '') throw serviceException('SVC0002', 'voucherPin')
        const code = input.voucherIdentifier.trim()
        if (code === '' || code.length > 64) throw serviceException('SVC0251', 'voucherIdentifier')
        const account = await authenticated(gateway, { application, merchant }, input)
        return redeemOnce(gateway, { application, merchant }, { accountId: account.id, code, reference })
      },

      async getHistory({ gateway, application, merchant, input }) {
        const { maxEntries = MOST_ENTRIES, date } = input
        if (maxEntries < 1) throw serviceException('SVC0002', 'maxEntries')
        const account = await authenticated(gateway, { application, merchant }, input)
        const limit = Math.min(maxEntries, MOST_ENTRIES)
        const movements = await gateway.accounts.history(account.id, { limit, ...(date && { since: date }) })
        return {
          result: movements.map((movement) => ({
            transactionDate: movement.at,
            transactionDetails: detailsOf(movement, account),
          })),
        }
      },

      async getBalanceTypes({ gateway, application, merchant, input }) {
        const account = await authenticated(gateway, { application, merchant }, input)
        return { result: balancesOf(account).map(({ balanceType }) => balanceType) }
      },
    },
  ),
  ...serveInterface(
    accountChangeNotificationManager,
    {
      startAccountChangeNotification: 'parlayx.account.see',
      stopAccountChangeNotification: 'parlayx.account.see',
    },
    {
      async startAccountChangeNotification({ gateway, application, merchant, input }) {
        const reference = readReference(gateway, input.reference)
        const { id } = await authenticated(gateway, { application, merchant }, input)
        return startAnswer(await gateway.watches.startAccount(application, reference, id), reference)
      },
      async stopAccountChangeNotification({ gateway, application, input }) {
        const stopped = await gateway.watches.stop(application.id, 'account-change', input.correlator)
        if (!stopped) throw serviceException('SVC0002', 'correlator')
        return {}
      },
    },
  ),
]

interface Identified {
  readonly endUserIdentifier: string
  readonly endUserPin?: string
}

/**
 * The account of an end user who has proved control: by the PIN, or because the application's own merchant issued the
 * account and answers for its holder. That there is none, that it is out of reach and that the PIN is wrong look the same
 * (P6.7).
 * @throws ParlayFault SVC0250
 */
async function authenticated(
  { accounts }: HttpGateway,
  caller: ApplicationCaller,
  { endUserIdentifier, endUserPin }: Identified,
): Promise<Account> {
  const user = readEndUser(endUserIdentifier)
  if (!user) throw serviceException('SVC0002', 'endUserIdentifier')
  const account = await findAccount(accounts, caller, user)
  if (endUserPin === undefined || endUserPin === '') {
    if (account && (account.issuerId === caller.merchant.id || !account.hasPin)) return account
    throw serviceException('SVC0250')
  }
  // An account that is not there takes as long as a PIN that is wrong.
  const proved = await accounts.verifyPin(account ?? { number: endUserIdentifier }, endUserPin)
  if (!account || proved.kind !== 'right') throw serviceException('SVC0250')
  return proved.account
}

function balanceTypeOf({ kind }: Pick<Account, 'kind'>): BalanceType {
  return kind === 'prepaid' ? 'Credit' : 'Owed'
}

function balancesOf(account: Account): { readonly balanceType: BalanceType; readonly amount: string }[] {
  const { kind, balance, available, leftThisMonth, currency } = account
  const own = kind === 'prepaid' ? available : -balance
  return [
    { balanceType: balanceTypeOf(account), amount: decimalOf(own, currency) },
    ...(leftThisMonth === undefined
      ? []
      : [{ balanceType: 'MonthLimit' as const, amount: decimalOf(leftThisMonth, currency) }]),
  ]
}

/** One line that a program can take apart: kind, amount and currency first, then what people wrote. */
function detailsOf({ kind, amount, balanceAfter, shop, description }: AccountMovement, { currency }: Account): string {
  const sign = kind === 'charge' ? '-' : ''
  const figures = [kind, `${sign}${decimalOf(amount, currency)} ${currency}`, decimalOf(balanceAfter, currency)]
  return [...figures, shop, description].join(' | ')
}

/**
 * A voucher is worth its value once, and what was answered once is answered again.
 * @throws ParlayFault
 */
async function redeemOnce(
  gateway: HttpGateway,
  { application, merchant }: ApplicationCaller,
  { accountId, code, reference }: { accountId: Uuid; code: string; reference: string },
): Promise<Record<string, never>> {
  const key = `parlayx:voucher:${application.id}:${reference}`
  const fingerprint = createHash('sha256').update(`${accountId}:${code}`).digest()
  const redeem = async (): Promise<Reply> => {
    const redeemed = await gateway.accounts.redeemVoucher({ accountId, code, triedBy: application.id })
    // How many wrong ones were tried is no answer about this one: it may be asked again.
    if (redeemed.kind === 'refused' && redeemed.reason === 'too-many-tries') throw new ApiError('too-many-requests')
    return { status: 200, body: redeemed.kind === 'refused' ? redeemed.reason : 'redeemed' }
  }
  const reply = await onceOnly(gateway, merchant.id, { key, fingerprint }, uuidAt(gateway.clock.now()), redeem).catch(
    (error: unknown) => {
      const isReused = error instanceof ApiError && error.code === 'idempotency-key-reused'
      throw isReused ? serviceException('SVC0002', 'referenceCode') : error
    },
  )
  const outcome = String(reply.body)
  if (outcome.includes('redeemed')) return {}
  if (outcome.includes('wrong-currency')) throw policyException('POL0220')
  throw serviceException('SVC0251', 'voucherIdentifier')
}

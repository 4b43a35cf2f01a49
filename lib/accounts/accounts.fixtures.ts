import { randomUUID } from 'node:crypto'
import type { Gateway } from '../gateway'
import type { Uuid } from '../ids'
import { krw, type Money } from '../money/money'
import type { Account, ChargeRequest, ReserveRequest } from './account'
import type { NewAccount } from './account-keeping'

/** A prepaid account in won with something in it. */
export async function anAccount(
  { accounts }: Pick<Gateway, 'accounts'>,
  { balance = 100_000n, ...wanted }: Partial<NewAccount> & { readonly balance?: bigint } = {},
): Promise<Account & { readonly number: string }> {
  const opened = await accounts.open({ kind: 'prepaid', currency: 'KRW', ...wanted })
  if (opened.kind !== 'opened') throw new Error(`the account of a test was not opened: ${opened.reason}`)
  const { account, number } = opened
  if (balance > 0n) await load({ accounts }, account.id, balance)
  return { ...(await accounts.find(account.id))!, number }
}

/** Vouchers that one operator has proposed and another one has agreed to. */
export async function someVouchers(
  { accounts }: Pick<Gateway, 'accounts'>,
  wanted: { readonly value: Money; readonly count?: number; readonly expiresAt: Date },
): Promise<{ readonly batchId: Uuid; readonly codes: readonly string[] }> {
  const operator = (id: string) => ({ kind: 'operator', id, name: '운영자' }) as const
  const { id: batchId } = await accounts.proposeVouchers({ count: 1, ...wanted, by: operator('first') })
  const decided = await accounts.decideVouchers(batchId, { agreed: true, by: operator('second') })
  if (decided.kind !== 'made') throw new Error(`the vouchers of a test were not made: ${decided.kind}`)
  return { batchId, codes: decided.codes }
}

export function load({ accounts }: Pick<Gateway, 'accounts'>, accountId: Uuid, amount: bigint) {
  return accounts.topUp({
    merchantId: accountId,
    requester: 'operator',
    reference: randomUUID(),
    accountId,
    amount: krw(amount),
    description: '충전',
    shop: '모아',
    paidTo: 'operator',
  })
}

/** A charge with a reference of its own. */
export function aCharge(
  accountId: Uuid,
  merchantId: Uuid,
  amount: bigint | number,
  wanted: Partial<ReserveRequest> = {},
): ChargeRequest & Pick<ReserveRequest, 'expiresAt'> {
  return {
    ...{ accountId, merchantId },
    requester: 'api',
    reference: randomUUID(),
    amount: krw(amount),
    description: '벨소리',
    shop: '모아 상점',
    ...wanted,
  }
}

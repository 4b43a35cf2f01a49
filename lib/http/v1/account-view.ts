import { z } from 'zod'
import {
  type Account,
  type AccountCharge,
  type AccountMovement,
  accountRefusals,
  type AccountReservation,
} from '../../accounts/account'
import { publicId } from '../../ids'
import type { Currency } from '../../money/currency'
import { amountOut, currency, idOf, moment } from '../fields'

const signedAmount = z
  .string()
  .regex(/^-?(?:0|[1-9][0-9]{0,14})$/)
  .meta({ description: 'Whole minor units; below zero: what the holder of a postpaid account owes.', example: '98500' })

const reason = z.enum(accountRefusals).optional().meta({
  description:
    'Why it was declined. unregistered: no such account. locked: its card was reported lost. insufficient: the balance does not carry it. interrupted: it was given up before it was made.',
})

const limits = z.strictObject({
  perPurchase: amountOut.optional(),
  perDay: amountOut.optional(),
  perMonth: amountOut.optional(),
})

export const accountView = z
  .strictObject({
    id: idOf('acc'),
    kind: z.enum(['prepaid', 'postpaid']),
    masked: z.string().meta({ example: '9420 **** **** 1234' }),
    currency,
    balance: signedAmount,
    held: amountOut.meta({ description: 'Set aside by open reservations.' }),
    available: amountOut.meta({ description: 'What could be charged at once, as far as money goes.' }),
    usedThisMonth: amountOut,
    limits: limits.meta({ description: 'The tightest of those set for it; absent: not limited.' }),
    threshold: amountOut.optional(),
    validUntil: moment.optional(),
    status: z.enum(['usable', 'suspended', 'lost', 'expired']),
    isClaimed: z.boolean().meta({ description: 'Whether somebody has made it their own, with its number and PIN.' }),
    createdAt: moment,
  })
  .meta({ id: 'Account', description: 'A micro account that this merchant has opened.' })

export const newAccountView = accountView
  .extend({
    number: z
      .string()
      .regex(/^[0-9]{16}$/)
      .meta({ description: 'To be printed on its card; told here and never again.' }),
  })
  .meta({ id: 'NewAccount' })

export const chargeView = z
  .strictObject({
    status: z.enum(['charged', 'declined']),
    id: idOf('mov').optional().meta({ description: 'Of the charge; absent when it was declined.' }),
    accountId: idOf('acc'),
    amount: amountOut,
    currency,
    balance: signedAmount.optional().meta({ description: 'Right after it.' }),
    reason,
    at: moment.optional(),
  })
  .meta({ id: 'AccountCharge', description: 'A decline is a result: nothing was taken, and `reason` says why.' })

export const accountRefundView = z
  .strictObject({
    id: idOf('mov'),
    accountId: idOf('acc'),
    chargeId: idOf('mov'),
    amount: amountOut,
    currency,
    balance: signedAmount,
    at: moment,
  })
  .meta({ id: 'AccountRefund' })

export const movementView = z
  .strictObject({
    id: idOf('mov'),
    kind: z.enum(['charge', 'refund', 'top-up', 'voucher']),
    amount: amountOut,
    balance: signedAmount,
    description: z.string(),
    chargeId: idOf('mov').optional().meta({ description: 'The charge that a refund gives back.' }),
    at: moment,
  })
  .meta({ id: 'AccountMovement' })

export const reservationView = z
  .strictObject({
    status: z.enum(['open', 'charged', 'released', 'expired', 'declined']),
    id: idOf('ars').optional().meta({ description: 'Absent when it was declined.' }),
    accountId: idOf('acc'),
    currency,
    reserved: amountOut,
    charged: amountOut,
    held: amountOut,
    reason,
    expiresAt: moment.optional(),
    createdAt: moment.optional(),
  })
  .meta({ id: 'AccountReservation' })

export function viewAccount(account: Account): z.input<typeof accountView> {
  const tightest = (name: 'perPurchase' | 'perDay' | 'perMonth') => {
    const set = [account.limits[name], account.ownLimits[name]].filter((limit) => limit !== undefined)
    const least = set.reduce((one, other) => (other < one ? other : one), set[0] ?? 0n)
    return set.length > 0 && { [name]: least.toString() }
  }
  return {
    id: publicId('acc', account.id),
    kind: account.kind,
    masked: account.masked,
    currency: account.currency,
    balance: account.balance.toString(),
    held: account.held.toString(),
    available: account.available.toString(),
    usedThisMonth: account.used.month.toString(),
    limits: { ...tightest('perPurchase'), ...tightest('perDay'), ...tightest('perMonth') },
    ...(account.threshold !== undefined && { threshold: account.threshold.toString() }),
    ...(account.validUntil && { validUntil: account.validUntil.toISOString() }),
    status: account.lostAt ? 'lost' : account.suspendedAt ? 'suspended' : account.expired ? 'expired' : 'usable',
    isClaimed: account.shopperId !== undefined,
    createdAt: account.createdAt.toISOString(),
  }
}

/** What was taken or given back, as its caller sees it. */
export function viewMoved({ id, accountId, amount, balance }: AccountCharge, currencyOf: Currency, at: Date) {
  return {
    id: publicId('mov', id),
    accountId: publicId('acc', accountId),
    amount: amount.toString(),
    currency: currencyOf,
    balance: balance.toString(),
    at: at.toISOString(),
  }
}

export function viewMovement(movement: AccountMovement): z.input<typeof movementView> {
  return {
    id: publicId('mov', movement.id),
    kind: movement.kind,
    amount: movement.amount.toString(),
    balance: movement.balanceAfter.toString(),
    description: movement.description,
    ...(movement.chargeId !== undefined && { chargeId: publicId('mov', movement.chargeId) }),
    at: movement.at.toISOString(),
  }
}

export function viewReservation(reservation: AccountReservation): z.input<typeof reservationView> {
  return {
    status: reservation.state,
    id: publicId('ars', reservation.id),
    accountId: publicId('acc', reservation.accountId),
    currency: reservation.currency,
    reserved: reservation.reserved.toString(),
    charged: reservation.charged.toString(),
    held: reservation.held.toString(),
    ...(reservation.expiresAt && { expiresAt: reservation.expiresAt.toISOString() }),
    createdAt: reservation.createdAt.toISOString(),
  }
}

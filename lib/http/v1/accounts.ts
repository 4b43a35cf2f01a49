import { z } from 'zod'
import type { Account } from '../../accounts/account'
import { readPhoneNumber } from '../../billing/phone-number'
import { uuidAt } from '../../ids'
import { invariant } from '../../invariant'
import type { ApiCaller } from '../../merchants/merchant'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { amountText, currency, limitOf, page, text, uuidOf } from '../fields'
import type { HttpGateway } from '../http-gateway'
import { onceOnly } from '../idempotency'
import { type Reply, route } from '../route'
import { accountView, newAccountView, viewAccount } from './account-view'
import { pathId } from './payments'

/** The caller's own account; another's answers exactly as a missing one (P6.2). */
export async function ownAccount({ accounts }: HttpGateway, { merchant }: ApiCaller, id: string): Promise<Account> {
  const account = await accounts.find(pathId('acc', id))
  if (account?.issuerId !== merchant.id) throw new ApiError('not-found')
  return account
}

const accountInput = z
  .strictObject({
    currency,
    name: text(40).optional().meta({ description: 'How it is called in lists.' }),
    limits: z
      .strictObject({
        perPurchase: amountText.optional(),
        perDay: amountText.optional(),
        perMonth: amountText.optional(),
      })
      .optional(),
    threshold: amountText.optional().meta({ description: 'At or under it, its holder is told the balance by SMS.' }),
    validUntil: z.iso.datetime().optional().meta({ example: '2027-12-31T15:00:00Z' }),
    mobile: z.string().max(20).optional().meta({ description: 'Where its SMS go.', example: '+821012345678' }),
    pin: z
      .string()
      .regex(/^[0-9]{4,8}$/, 'bad-format')
      .optional()
      .meta({ description: 'With number and PIN somebody makes it their own, and pays at other shops.' }),
    locale: z.enum(['ko', 'en']).optional().meta({ description: 'Of its SMS; Korean when absent.' }),
  })
  .meta({ id: 'AccountInput' })

export const openAccount = route(
  'POST /api/v1/accounts',
  {
    caller: 'merchant',
    may: 'account.open',
    summary: 'Open a prepaid account',
    description:
      'Its number is in this answer only. Postpaid accounts are opened by the operator, who answers for them.',
    input: accountInput,
    idempotent: true,
    answers: { 201: { description: 'The account, with its number', schema: newAccountView } },
  },
  async ({ gateway, caller: { merchant }, input, claim }): Promise<Reply> => {
    const { accounts, clock } = gateway
    const { name, limits = {}, threshold, validUntil, mobile: typed, pin, locale } = input
    const mobile = typed === undefined ? undefined : readPhoneNumber(typed)
    if (typed !== undefined && mobile === undefined) throw wrong('mobile')
    const kept = await onceOnly(gateway, merchant.id, claim, uuidAt(clock.now()), async (resumed, id) => {
      const before = resumed ? await accounts.find(id) : undefined
      if (before) return { status: 201, body: viewAccount(before) }
      const opened = await accounts.open({
        ...{ id, kind: 'prepaid', currency: input.currency, issuerId: merchant.id },
        limits: {
          ...(limits.perPurchase !== undefined && { perPurchase: BigInt(limits.perPurchase) }),
          ...(limits.perDay !== undefined && { perDay: BigInt(limits.perDay) }),
          ...(limits.perMonth !== undefined && { perMonth: BigInt(limits.perMonth) }),
        },
        ...(name !== undefined && { nickname: name }),
        ...(threshold !== undefined && { threshold: BigInt(threshold) }),
        ...(validUntil !== undefined && { validUntil: new Date(validUntil) }),
        ...(mobile !== undefined && { mobile }),
        ...(pin !== undefined && { pin }),
        ...(locale !== undefined && { locale }),
      })
      if (opened.kind === 'refused') throw wrong('pin')
      return { status: 201, body: viewAccount(opened.account) }
    })
    return withNumber(gateway, kept)
  },
)

function wrong(member: string): ApiError {
  return new ApiError('invalid-input', { errors: [wrongMember([member], 'bad-format')] })
}

const keptAnswer = z.looseObject({ id: z.string() })

/** The number stands in the vault and nowhere else: the kept answer is without it, and it is put in each time. */
async function withNumber({ accounts }: HttpGateway, kept: Reply): Promise<Reply> {
  const body = keptAnswer.parse(JSON.parse(String(kept.body)))
  const number = await accounts.numberOf(pathId('acc', body.id))
  invariant(number, 'an account that was opened has a number')
  return {
    ...kept,
    written: false,
    body: { ...body, number },
    headers: { ...kept.headers, location: `/api/v1/accounts/${body.id}` },
  }
}

export const listAccounts = route(
  'GET /api/v1/accounts',
  {
    caller: 'merchant',
    may: 'account.see',
    summary: 'List the accounts that you have opened, newest first',
    query: z.strictObject(page('acc')),
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({
            accounts: z.array(accountView),
            next: z.string().nullable().meta({ description: 'Send it as `after`.' }),
          })
          .meta({ id: 'AccountPage' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, query }): Promise<Reply> => {
    const limit = limitOf(query.limit)
    const found = await gateway.accounts.list({
      issuerId: merchant.id,
      limit: limit + 1,
      ...(query.after && { before: uuidOf('acc', query.after) }),
    })
    const accounts = found.slice(0, limit).map(viewAccount)
    return { status: 200, body: { accounts, next: found.length > limit ? accounts.at(-1)!.id : null } }
  },
)

export const getAccount = route(
  'GET /api/v1/accounts/:accountId',
  {
    caller: 'merchant',
    may: 'account.see',
    summary: 'See an account',
    answers: { 200: { description: 'The account', schema: accountView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => ({
    status: 200,
    body: viewAccount(await ownAccount(gateway, caller, params.accountId)),
  }),
)

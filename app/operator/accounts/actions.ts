'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { isUuid } from '@/app/_glue/uuid'
import { endOf } from '@/lib/calendar'
import { fieldsOf, line } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import type { AccountActor } from '@/lib/accounts/account'
import { readPhoneNumber } from '@/lib/billing/phone-number'

const HERE = '/operator/accounts'

const amount = z
  .string()
  .regex(/^[0-9]{0,12}$/)
  .transform((text) => (text === '' ? undefined : BigInt(text)))
const limits = { perPurchase: amount, perDay: amount, perMonth: amount, creditLimit: amount }
const openForm = z.object({
  kind: z.enum(['prepaid', 'postpaid']),
  mobile: z.string().max(24),
  pin: z.string().max(8),
  ...limits,
})
const limitForm = z.object(limits)
const dayForm = z.object({ validUntil: z.union([z.literal(''), z.iso.date()]) })
const reasonForm = z.object({ reason: line(200) })
const pinForm = z.object({ pin: z.string().max(8) })

type RefusalWord = 'wrong' | 'pinFault' | 'mobileFault' | 'needsLimit' | 'missing'

async function refused(word: RefusalWord): Promise<DeedAnswer> {
  const t = await getTranslations('operator.accounts')
  return { kind: 'refused', message: t(word) }
}

const given = <Value>(all: Readonly<Record<string, Value | undefined>>) =>
  Object.fromEntries(Object.entries(all).filter((entry): entry is [string, Value] => entry[1] !== undefined))

/** Opens an account for somebody who will claim it with its number and PIN. */
export async function openAccount(form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const typed = openForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('wrong')
  const { kind, mobile: written, pin, creditLimit, ...rest } = typed.data
  if (kind === 'postpaid' && rest.perMonth === undefined) return refused('needsLimit')
  const mobile = written === '' ? undefined : readPhoneNumber(written)
  if (written !== '' && !mobile) return refused('mobileFault')
  const opened = await desk.gateway.accounts.open({
    ...{ kind, currency: 'KRW', locale: 'ko', limits: given(rest) },
    ...(creditLimit !== undefined && { creditLimit }),
    ...(mobile && { mobile }),
    ...(pin !== '' && { pin }),
  })
  if (opened.kind === 'refused') return refused(opened.reason === 'month-limit-missing' ? 'needsLimit' : 'pinFault')
  await note(desk, opened.account.id, 'opened', { kind })
  return { kind: 'done', secret: opened.number }
}

/** What the issuer lets an account be charged; a lowered limit counts from the next charge on (P7.2). */
export async function changeLimits(accountId: string, form: FormData): Promise<DeedAnswer> {
  const typed = limitForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('wrong')
  const { creditLimit, ...rest } = typed.data
  return change(accountId, 'limits', (accounts) => accounts.setLimits(accountId, given(rest), creditLimit), {
    ...Object.fromEntries(Object.entries(given(typed.data)).map(([name, value]) => [name, String(value)])),
  })
}

/** Until when an account can be charged: to the end of that day in the installation's zone. */
export async function changeValidity(accountId: string, form: FormData): Promise<DeedAnswer> {
  const typed = dayForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('wrong')
  const { validUntil } = typed.data
  const { settings } = (await requireSystem('system.change', HERE)).gateway
  const until = validUntil === '' ? undefined : endOf(validUntil, settings.TIME_ZONE)
  return change(accountId, 'validity', (accounts) => accounts.setValidity(accountId, until), { validUntil })
}

export async function suspendAccount(accountId: string, form: FormData): Promise<DeedAnswer> {
  const typed = reasonForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('wrong')
  const { reason } = typed.data
  return change(accountId, 'suspended', (accounts, by) => accounts.suspend(accountId, by, reason), { reason })
}

export async function resumeAccount(accountId: string): Promise<DeedAnswer> {
  return change(accountId, 'resumed', (accounts, by) => accounts.resume(accountId, by))
}

/** The lost card was found, or its holder has a new one. */
export async function liftLoss(accountId: string): Promise<DeedAnswer> {
  return change(accountId, 'loss-lifted', (accounts) => accounts.liftLoss(accountId))
}

/** A new PIN for a holder who was recognized otherwise. */
export async function resetPin(accountId: string, form: FormData): Promise<DeedAnswer> {
  const typed = pinForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('wrong')
  const desk = await requireSystem('system.change', HERE)
  if (!isUuid(accountId)) return refused('missing')
  const set = await desk.gateway.accounts.setPin(accountId, typed.data.pin)
  if (set.kind === 'refused') return refused(set.reason === 'unregistered' ? 'missing' : 'pinFault')
  await note(desk, accountId, 'pin-set')
  return { kind: 'done' }
}

type Desk = Awaited<ReturnType<typeof requireSystem>>

async function change(
  accountId: string,
  outcome: string,
  deed: (accounts: Desk['gateway']['accounts'], by: AccountActor) => Promise<boolean>,
  detail: Readonly<Record<string, string>> = {},
): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const by: AccountActor = { kind: 'operator', id: desk.person.id, name: desk.person.name }
  if (!isUuid(accountId) || !(await deed(desk.gateway.accounts, by))) return refused('missing')
  await note(desk, accountId, outcome, detail)
  return { kind: 'done' }
}

async function note(desk: Desk, accountId: string, outcome: string, detail: Readonly<Record<string, string>> = {}) {
  await noteSystemDeed(desk, { action: 'system.change', object: `account ${accountId}`, outcome, detail })
}

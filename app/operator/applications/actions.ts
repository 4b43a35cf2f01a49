'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { fieldsOf, line } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'
import { currencyCodes } from '@/lib/money/currency'
import { minorUnitsOf } from '@/lib/money/decimal'
import { isRight } from '@/lib/parlayx/interfaces/interfaces'

const HERE = '/operator/applications'

/** An amount as people type it: digits, commas for thousands, a point where the currency has one. */
const typedAmount = z
  .string()
  .transform((text) => text.replaceAll(',', '').trim())
  .refine((text) => text === '' || /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,3})?$/.test(text))
const currency = z.enum(currencyCodes)
const permissionForm = z.object({ reach: z.enum(['own', 'every']), largest: typedAmount, currency })
const tariffForm = z.object({
  code: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
  unit: z.union([z.literal(''), line(20)]),
  price: typedAmount,
  perVolume: z.string().regex(/^(?:|[1-9][0-9]{0,11})$/),
  currency,
})

async function refused(why: 'missing' | 'wrongAmount' | 'wrongTariff' | 'tooManyTariffs'): Promise<DeedAnswer> {
  const t = await getTranslations('operator.applications.fault')
  return { kind: 'refused', message: t(why) }
}

/** Says what an application may do, whose accounts it may name and how much one request may charge. */
export async function setPermissions(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const applicationId = readPublicId('app', id)
  const typed = permissionForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('wrongAmount')
  const { reach, largest, currency: inCurrency } = typed.data
  const amount = largest === '' ? undefined : minorUnitsOf(largest, inCurrency)
  if (largest !== '' && typeof amount !== 'bigint') return refused('wrongAmount')
  const rights = form.getAll('right').map(String).filter(isRight)
  const largestCharge = typeof amount === 'bigint' ? { amount, currency: inCurrency } : undefined
  const permissions = { rights, reach, ...(largestCharge && { largestCharge }) }
  if (!applicationId || !(await desk.gateway.openService.allow(applicationId, permissions))) return refused('missing')
  const detail = { rights: rights.join(' '), reach, largest: largest === '' ? '' : `${largest} ${inCurrency}` }
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome: 'allowed', detail })
  return { kind: 'done' }
}

export async function revokeApplication(id: string): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const applicationId = readPublicId('app', id)
  if (!applicationId || !(await desk.gateway.openService.revoke({ id: applicationId }))) return refused('missing')
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome: 'revoked' })
  return { kind: 'done' }
}

/** Sets what a charging code, or a volume, costs; a code that is there already gets the new price. */
export async function setTariff(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const applicationId = readPublicId('app', id)
  const typed = tariffForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('wrongTariff')
  const { code, unit, price: text, perVolume, currency: inCurrency } = typed.data
  const price = text === '' ? undefined : minorUnitsOf(text, inCurrency)
  if (typeof price !== 'bigint') return refused('wrongTariff')
  if (!applicationId || !(await desk.gateway.openService.find(applicationId))) return refused('missing')
  const tariff = { code, currency: inCurrency, price, unit, ...(perVolume !== '' && { perVolume: BigInt(perVolume) }) }
  if (!(await desk.gateway.openService.setTariff(applicationId, tariff))) return refused('tooManyTariffs')
  const detail = { code, price: `${text} ${inCurrency}`, perVolume, unit }
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome: 'priced', detail })
  return { kind: 'done' }
}

export async function removeTariff(id: string, code: string): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const applicationId = readPublicId('app', id)
  const removed = applicationId && (await desk.gateway.openService.removeTariff(applicationId, code))
  if (!removed) return refused('missing')
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome: 'unpriced', detail: { code } })
  return { kind: 'done' }
}

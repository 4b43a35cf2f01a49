'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteSystemDeed, requireSystem, type SystemDesk } from '@/app/_glue/system'
import { fieldsOf } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'
import { isCurrency } from '@/lib/money/currency'

const HERE = '/operator/phone-bill'
const EVERYBODY = { scope: 'operator' } as const

const amount = z
  .string()
  .regex(/^[0-9]{0,15}$/)
  .transform((text) => (text === '' ? undefined : BigInt(text)))
const count = z
  .string()
  .regex(/^[0-9]{0,6}$/)
  .transform((text) => (text === '' ? undefined : Number(text)))
const limitForm = z.object({
  currency: z.string().refine(isCurrency),
  perPurchase: amount,
  perDay: amount,
  perMonth: amount,
  countPerDay: count,
  countPerMonth: count,
})

function changedBy({ person }: SystemDesk) {
  return { kind: 'operator', id: person.id, name: person.name } as const
}

async function refused(): Promise<DeedAnswer> {
  const t = await getTranslations('operator.phoneBill')
  return { kind: 'refused', message: t('wrong') }
}

/** What every line may be charged at most; counts from the next purchase on (P7.2). */
export async function changeLimit(form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const typed = limitForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused()
  const { currency, ...limit } = typed.data
  const given = Object.fromEntries(Object.entries(limit).filter(([, value]) => value !== undefined))
  await desk.gateway.phoneBill.limits.set(EVERYBODY, currency, given, changedBy(desk))
  const detail = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
  await noteSystemDeed(desk, {
    action: 'system.change',
    object: `phone-bill limits ${currency}`,
    outcome: 'changed',
    detail,
  })
  return { kind: 'done' }
}

/** Stops the whole method at once, or lets it go on (P7.3). Refunds, files and collection are not touched. */
export async function switchMethod(stop: boolean): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const { limits } = desk.gateway.phoneBill
  await (stop ? limits.stop : limits.resume)(EVERYBODY, changedBy(desk))
  await noteSystemDeed(desk, { action: 'system.change', object: 'phone-bill', outcome: stop ? 'stopped' : 'resumed' })
  return { kind: 'done' }
}

/** Puts a purchase that a billing centre refused into the next file once more. */
export async function billAgain(merchant: string, payment: string): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const merchantId = readPublicId('mer', merchant)
  const paymentId = readPublicId('pay', payment)
  const isBilled = merchantId && paymentId && (await desk.gateway.billingFiles.rebill(merchantId, paymentId))
  if (!isBilled) return refused()
  await noteSystemDeed(desk, { action: 'system.change', object: payment, outcome: 'billed-again' })
  return { kind: 'done' }
}

'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { type Desk, noteDeed, requireDesk } from '@/app/_glue/desk'
import { fieldsOf, line } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { publicId, readPublicId, type Uuid } from '@/lib/ids'
import { currencyCodes } from '@/lib/money/currency'
import { parseMinorUnits } from '@/lib/money/money'
import { units } from '@/lib/calendar'
import type { Deed } from '@/lib/subscriptions/deeds'
import type { PlanFault } from '@/lib/subscriptions/plans'
import type { Actor } from '@/lib/subscriptions/subscription'

const HERE = '/merchant/subscriptions'

const whole = z
  .string()
  .trim()
  .transform((text) => (/^[0-9]{1,4}$/.test(text) ? Number(text) : Number.NaN))
const planForm = z.object({
  name: line(100),
  description: z.string().max(1000).optional(),
  currency: z.enum(currencyCodes),
  amount: z.string().transform((text) => parseMinorUnits(text) ?? 0n),
  unit: z.enum(units),
  every: z.string(),
  ...{ trialDays: z.string().default(''), anchorDay: z.string().default('') },
})

async function refusedPlan(reason: PlanFault | 'name' | 'missing'): Promise<DeedAnswer> {
  const t = await getTranslations('selling.plans.fault')
  return { kind: 'refused', message: t(reason) }
}

/** Makes a plan; its terms never change afterwards. */
export async function createPlan(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('subscription.change', `${HERE}/plans`)
  const { gateway, merchant, person } = desk
  const typed = planForm.safeParse(fieldsOf(form))
  if (!typed.success) return refusedPlan('name')
  const { name, description, currency, amount, unit, every, trialDays, anchorDay } = typed.data
  const text = description?.normalize('NFC').trim()
  const made = await gateway.subscriptions.plans.create({
    ...{ merchantId: merchant.id, name, currency, amount, unit, every: whole.parse(every) },
    ...(text && { description: text }),
    ...(trialDays.trim() !== '' && { trialDays: whole.parse(trialDays) }),
    ...(anchorDay.trim() !== '' && { anchorDay: whole.parse(anchorDay) }),
    createdBy: { kind: 'person', id: person.id, name: person.name },
  })
  if (made.kind === 'refused') return refusedPlan(made.reason)
  const object = publicId('pln', made.plan.id)
  await noteDeed(desk, { action: 'subscription.change', object, outcome: 'created', detail: { name } })
  return { kind: 'done' }
}

/** Nobody new may subscribe; who has goes on. */
export async function closePlan(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('subscription.change', `${HERE}/plans`)
  const planId = readPublicId('pln', id)
  if (!planId || !(await desk.gateway.subscriptions.plans.close(desk.merchant.id, planId))) {
    return refusedPlan('missing')
  }
  await noteDeed(desk, { action: 'subscription.change', object: id, outcome: 'closed' })
  return { kind: 'done' }
}

async function byStaff(
  id: string,
  outcome: string,
  deed: (desk: Desk, subscriptionId: Uuid, by: Actor) => Promise<Deed>,
): Promise<DeedAnswer> {
  const desk = await requireDesk('subscription.change', HERE)
  const { person } = desk
  const subscriptionId = readPublicId('sub', id)
  const by = { kind: 'person', id: person.id, name: person.name } as const
  const did: Deed = subscriptionId ? await deed(desk, subscriptionId, by) : { kind: 'refused', reason: 'missing' }
  await noteDeed(desk, {
    ...{ action: 'subscription.change', object: id },
    outcome: did.kind === 'done' ? outcome : did.reason,
  })
  if (did.kind === 'done') return { kind: 'done' }
  const t = await getTranslations('selling.subscription.refused')
  return { kind: 'refused', message: t(did.reason) }
}

export async function endSubscription(id: string, when: 'now' | 'period-end'): Promise<DeedAnswer> {
  const asked = z.enum(['now', 'period-end']).parse(when)
  return byStaff(id, 'ended', ({ gateway, merchant }, subscriptionId, by) =>
    gateway.subscriptions.cancel({ merchantId: merchant.id }, subscriptionId, asked, by),
  )
}

export async function pauseSubscription(id: string): Promise<DeedAnswer> {
  return byStaff(id, 'paused', ({ gateway, merchant }, subscriptionId, by) =>
    gateway.subscriptions.pause({ merchantId: merchant.id }, subscriptionId, by),
  )
}

export async function resumeSubscription(id: string): Promise<DeedAnswer> {
  return byStaff(id, 'resumed', ({ gateway, merchant }, subscriptionId, by) =>
    gateway.subscriptions.resume({ merchantId: merchant.id }, subscriptionId, by),
  )
}

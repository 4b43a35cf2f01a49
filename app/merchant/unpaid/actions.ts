'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { endOf } from '@/lib/calendar'
import { readPublicId } from '@/lib/ids'
import { fieldsOf, line } from '../_parts/typed'

const HERE = '/merchant/unpaid'
const DONE: DeedAnswer = { kind: 'done' }
const no = (message: string): DeedAnswer => ({ kind: 'refused', message })

const dayForm = z.object({ dueOn: z.iso.date() })
const returnForm = z.object({ named: line(60) })
const days = z.coerce.number().int().min(1).max(365)
const termsForm = z.object({
  payWithinDays: days,
  demandDays: z
    .string()
    .max(40)
    .transform((text) =>
      text
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(Number),
    )
    .pipe(z.array(z.number().int().min(1).max(365)).max(6)),
  lapseDays: days,
})

/** Has a demand mailed to the payer of a bill. */
export async function sendDemand(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('unpaid.change', HERE)
  const t = await getTranslations('merchant.unpaid.demand.fault')
  const billId = readPublicId('gir', id)
  const answer = billId ? await desk.gateway.giro.send(desk.merchant.id, billId, desk.person.name) : 'missing'
  await noteDeed(desk, { action: 'unpaid.change', object: id, outcome: answer, detail: { deed: 'demand' } })
  return answer === 'sent' ? DONE : no(t(answer))
}

/** Gives the payer of a bill more time: until the end of a day, by the clocks of the installation. */
export async function extendBill(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('unpaid.change', HERE)
  const t = await getTranslations('merchant.unpaid.extend.fault')
  const billId = readPublicId('gir', id)
  const typed = dayForm.safeParse(fieldsOf(form))
  const dueAt = typed.success ? endOf(typed.data.dueOn, desk.gateway.settings.TIME_ZONE) : undefined
  if (!typed.success || !dueAt) return no(t('too-early'))
  const answer = billId ? await desk.gateway.giro.extend(desk.merchant.id, billId, dueAt) : 'missing'
  const detail = { deed: 'extend', dueOn: typed.data.dueOn }
  await noteDeed(desk, { action: 'unpaid.change', object: id, outcome: answer, detail })
  return answer === 'extended' ? DONE : no(t(answer))
}

/** Books that people have transferred money back to whoever paid it in. */
export async function returnCredit(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('giro.return', `${HERE}/credits`)
  const [t, refused] = await Promise.all([getTranslations('merchant.unpaid.back'), getTranslations('merchant.refused')])
  const creditId = readPublicId('gcr', id)
  const typed = returnForm.safeParse(fieldsOf(form))
  if (!creditId || !typed.success) return no(refused('form'))
  const isDone = await desk.gateway.giro.returned(desk.merchant.id, creditId, typed.data.named)
  const outcome = isDone ? 'returned' : 'gone'
  await noteDeed(desk, { action: 'giro.return', object: id, outcome, detail: { named: typed.data.named } })
  return isDone ? DONE : no(t('gone'))
}

/** How bills made from now on are paid. */
export async function changeTerms(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  const t = await getTranslations('merchant.unpaid.terms')
  const typed = termsForm.safeParse(fieldsOf(form))
  if (!typed.success) return no(t('wrong'))
  await desk.gateway.giro.changeTerms(desk.merchant.id, typed.data)
  const detail = Object.fromEntries(Object.entries(typed.data).map(([name, value]) => [name, String(value)]))
  await noteDeed(desk, { action: 'merchant.change', object: 'giro terms', outcome: 'changed', detail })
  return DONE
}

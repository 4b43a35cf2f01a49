'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteSystemDeed, requireSystem, type SystemDesk } from '@/app/_glue/system'
import { fieldsOf, line } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'

const HERE = '/operator/giro'
const DONE: DeedAnswer = { kind: 'done' }
const no = (message: string): DeedAnswer => ({ kind: 'refused', message })

const assignForm = z.object({ reference: line(60) })
const returnForm = z.object({ named: line(60) })

/** Somebody has found out for which bill a credit is. */
export async function assignCredit(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const t = await getTranslations('operator.giro.fault')
  const creditId = readPublicId('gcr', id)
  const typed = assignForm.safeParse(fieldsOf(form))
  if (!creditId || !typed.success) return no(t('wrong-reference'))
  const answer = await desk.gateway.giro.assign(creditId, typed.data.reference)
  const outcome = answer.kind === 'assigned' ? answer.finding : answer.kind
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome, detail: typed.data })
  return answer.kind === 'assigned' ? DONE : no(t(answer.kind))
}

/** Books that people have transferred back what nobody's bill was found for. */
export async function returnUnassigned(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const t = await getTranslations('operator.giro.fault')
  const creditId = readPublicId('gcr', id)
  const typed = returnForm.safeParse(fieldsOf(form))
  if (!creditId || !typed.success) return no(t('named'))
  const isDone = await desk.gateway.giro.returnedUnassigned(creditId, typed.data.named)
  const outcome = isDone ? 'returned' : 'not-open'
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome, detail: typed.data })
  return isDone ? DONE : no(t('not-open'))
}

const handOf = ({ person }: SystemDesk) => ({ id: person.id, name: person.name, role: 'operator' })

/** Proposes that nobody's money goes back to the account it came from; a second operator has to agree (P6.3). */
export async function proposeReturn(id: string): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const t = await getTranslations('refunds.transfers.fault')
  const creditId = readPublicId('gcr', id)
  const outcome = creditId ? await desk.gateway.returns.proposeUnassigned(creditId, handOf(desk)) : 'gone'
  const detail = { deed: 'propose-return' }
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome, detail })
  return outcome === 'ordered' ? DONE : no(t(outcome))
}

/** The second operator agrees to a proposed transfer, or does not. */
export async function decideReturn(id: string, agreed: boolean): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const t = await getTranslations('refunds.transfers.fault')
  const transferId = readPublicId('ret', id)
  const isDone =
    transferId !== undefined && (await desk.gateway.returns.decide(transferId, { agreed, by: handOf(desk) }))
  const outcome = isDone ? (agreed ? 'agreed' : 'refused') : 'gone'
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome, detail: { deed: 'decide-return' } })
  return isDone ? DONE : no(t('gone'))
}

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

const handOf = ({ person }: SystemDesk) => ({ id: person.id, name: person.name, role: 'operator' })

/** Somebody has found out for which bill a credit is; a second operator has to agree (P6.3). */
export async function proposeAssign(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const t = await getTranslations('operator.giro.fault')
  const creditId = readPublicId('gcr', id)
  const typed = assignForm.safeParse(fieldsOf(form))
  if (!creditId || !typed.success) return no(t('wrong-reference'))
  const outcome = await desk.gateway.giro.proposeAssign(creditId, typed.data.reference, handOf(desk))
  const detail = { deed: 'propose-assign', ...typed.data }
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome, detail })
  return outcome === 'proposed' ? DONE : no(t(outcome))
}

/** People have transferred back what nobody's bill was found for; it is booked once a second operator agrees (P6.3). */
export async function proposeReturned(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const t = await getTranslations('operator.giro.fault')
  const creditId = readPublicId('gcr', id)
  const typed = returnForm.safeParse(fieldsOf(form))
  if (!creditId || !typed.success) return no(t('named'))
  const outcome = await desk.gateway.giro.proposeReturned(creditId, typed.data.named, handOf(desk))
  const detail = { deed: 'propose-returned', ...typed.data }
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome, detail })
  return outcome === 'proposed' ? DONE : no(t(outcome))
}

/** The second operator agrees to what is proposed of a credit, or does not. */
export async function decideProposal(id: string, agreed: boolean): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const t = await getTranslations('operator.giro.fault')
  const proposalId = readPublicId('gpr', id)
  const outcome = proposalId ? await desk.gateway.giro.decideProposal(proposalId, { agreed, by: handOf(desk) }) : 'gone'
  const detail = { deed: 'decide-proposal' }
  await noteSystemDeed(desk, { action: 'system.change', object: id, outcome, detail })
  return outcome === 'agreed' || outcome === 'refused' ? DONE : no(t(outcome))
}

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

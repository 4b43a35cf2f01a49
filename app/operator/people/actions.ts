'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { fieldsOf, line } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'

const HERE = '/operator/people'
const reasonForm = z.object({ reason: line(200) })

async function refused(why: 'reason' | 'unchanged' | 'self'): Promise<DeedAnswer> {
  const t = await getTranslations('operator.people.fault')
  return { kind: 'refused', message: t(why) }
}

/** Ends the person's sessions and lets nobody log in as them. */
export async function suspendPerson(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('people.change', HERE)
  const personId = readPublicId('per', id)
  const typed = reasonForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('reason')
  const did = personId ? await desk.gateway.directory.suspendPerson(personId, desk.person) : 'unchanged'
  if (did !== 'done') return refused(did)
  await noteSystemDeed(desk, { action: 'people.change', object: id, outcome: 'suspended', detail: typed.data })
  return { kind: 'done' }
}

export async function reopenPerson(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('people.change', HERE)
  const personId = readPublicId('per', id)
  const typed = reasonForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('reason')
  const did = personId ? await desk.gateway.directory.reopenPerson(personId) : 'unchanged'
  if (did !== 'done') return refused('unchanged')
  await noteSystemDeed(desk, { action: 'people.change', object: id, outcome: 'reopened', detail: typed.data })
  return { kind: 'done' }
}

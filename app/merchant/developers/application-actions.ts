'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { publicId, readPublicId } from '@/lib/ids'
import { fieldsOf, line } from '../_parts/typed'

const HERE = '/merchant/developers'
const nameForm = z.object({ name: line(60) })

async function refused(why: 'name' | 'missing' | 'too-many-applications'): Promise<DeedAnswer> {
  const t = await getTranslations('merchant.fault')
  return { kind: 'refused', message: t(why) }
}

/** Makes an application of the open API. What it may do is the operator's to say (M-77). */
export async function createApplication(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('application.change', HERE)
  const typed = nameForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('name')
  const made = await desk.gateway.openService.create(desk.merchant.id, typed.data.name)
  if (made.kind === 'refused') return refused(made.reason)
  const object = publicId('app', made.application.id)
  const detail = { name: made.application.name }
  await noteDeed(desk, { action: 'application.change', object, outcome: 'created', detail })
  return { kind: 'done', secret: made.secret }
}

export async function rotateApplicationSecret(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('application.change', HERE)
  const applicationId = readPublicId('app', id)
  const oldOne = form.get('now') === 'yes' ? 'ends-now' : 'stays-a-day'
  const place = applicationId && { merchantId: desk.merchant.id, id: applicationId }
  const secret = place && (await desk.gateway.openService.rotate(place, oldOne))
  if (!secret) return refused('missing')
  await noteDeed(desk, { action: 'application.change', object: id, outcome: 'rotated', detail: { oldOne } })
  return { kind: 'done', secret }
}

export async function revokeApplication(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('application.change', HERE)
  const applicationId = readPublicId('app', id)
  const place = applicationId && { merchantId: desk.merchant.id, id: applicationId }
  if (!place || !(await desk.gateway.openService.revoke(place))) return refused('missing')
  await noteDeed(desk, { action: 'application.change', object: id, outcome: 'revoked' })
  return { kind: 'done' }
}

'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { type Desk, doDeed, noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { staffRoles } from '@/lib/auth/person'
import { publicId, readPublicId, type Uuid } from '@/lib/ids'
import type peopleTexts from '@/locales/ko/people.json'
import { fieldsOf } from '../_parts/typed'

const HERE = '/merchant/team'
const DONE: DeedAnswer = { kind: 'done' }

const limit = z
  .string()
  .regex(/^[0-9]{0,15}$/)
  .transform((text) => (text === '' ? undefined : BigInt(text)))
const rights = z.object({ role: z.enum(staffRoles), limit })
const invitation = rights.extend({ email: z.string().max(400), locale: z.enum(['ko', 'en']) })

export async function inviteMember(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('member.change', HERE)
  const typed = invitation.safeParse(fieldsOf(form))
  if (!typed.success) return refused('bad-limit')
  const { email, role, limit: refundLimit, locale } = typed.data
  const wanted = {
    merchantId: desk.merchant.id,
    email,
    role,
    locale,
    ...(refundLimit !== undefined && { refundLimit }),
  }
  const invited = await desk.gateway.invitations.invite(wanted, desk.person)
  if (invited.kind === 'refused') return refused(invited.reason)
  const detail = { email: invited.invitation.email, role, limit: refundLimit?.toString() ?? '' }
  const object = publicId('inv', invited.invitation.id)
  await noteDeed(desk, { action: 'member.change', object, outcome: 'invited', detail })
  return DONE
}

export async function revokeInvitation(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('member.change', HERE)
  const invitationId = readPublicId('inv', id)
  const isRevoked =
    invitationId !== undefined && (await desk.gateway.invitations.revoke(desk.merchant.id, invitationId))
  if (!isRevoked) return refused('missing')
  await noteDeed(desk, { action: 'member.change', object: id, outcome: 'revoked' })
  return DONE
}

export async function changeMember(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('member.change', HERE)
  const personId = readPublicId('per', id)
  const typed = rights.safeParse(fieldsOf(form))
  if (!personId) return refused('unknown')
  if (!typed.success) return refused('bad-limit')
  const { role, limit: refundLimit } = typed.data
  const member = { merchantId: desk.merchant.id, personId, role, ...(refundLimit !== undefined && { refundLimit }) }
  const after = { role, limit: refundLimit?.toString() ?? '' }
  const line = {
    action: 'member.change',
    object: id,
    detail: { ...after, ...(await rightsBefore(desk, personId)) },
  } as const
  const changed = await doDeed(desk, line, () => desk.gateway.people.changeMember(member), String)
  return changed === 'changed' ? DONE : refused(changed)
}

export async function dismissMember(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('member.change', HERE)
  const personId = readPublicId('per', id)
  if (!personId) return refused('unknown')
  const line = { action: 'member.change', object: id, detail: await rightsBefore(desk, personId) } as const
  const dismissed = await doDeed(desk, line, () => desk.gateway.people.dismiss(desk.merchant.id, personId), String)
  return dismissed === 'dismissed' ? DONE : refused(dismissed)
}

/** The rights as they were, for the trail to stand beside what they became (P9.3). */
async function rightsBefore({ gateway, merchant }: Desk, personId: Uuid): Promise<Record<string, string>> {
  const before = await gateway.people.membership(personId, merchant.id)
  return before ? { roleBefore: before.role, limitBefore: before.refundLimit?.toString() ?? '' } : {}
}

async function refused(why: keyof (typeof peopleTexts)['team']['fault']): Promise<DeedAnswer> {
  const t = await getTranslations('people.team.fault')
  return { kind: 'refused', message: t(why) }
}

'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteSystemDeed, operatorOf, requireSystem, type SystemDesk } from '@/app/_glue/system'
import { fieldsOf, line } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { publicId, readPublicId } from '@/lib/ids'
import { isCurrency } from '@/lib/money/currency'
import type operatorTexts from '@/locales/ko/operator.json'

const HERE = '/operator/shops'
const locale = z.enum(['ko', 'en'])
const reasonForm = z.object({ reason: line(200) })
const inviteForm = z.object({ email: z.string().max(400), locale })
const shopForm = z.object({
  name: line(60),
  nameEn: line(60),
  categoryCode: z.string().regex(/^[0-9]{4}$/),
  email: z.string().max(400),
  locale,
})

async function refused(why: keyof (typeof operatorTexts)['shops']['fault']): Promise<DeedAnswer> {
  const t = await getTranslations('operator.shops.fault')
  return { kind: 'refused', message: t(why) }
}

/** Makes a shop that takes nothing yet, and invites its first owner. */
export async function openShop(form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('people.change', HERE)
  const typed = shopForm.safeParse(fieldsOf(form))
  const currencies = form.getAll('currency').map(String).filter(isCurrency)
  if (!typed.success || currencies.length === 0) return refused('form')
  const { email, ...shop } = typed.data
  const opened = await desk.gateway.directory.openShop({ ...shop, currencies, ownerEmail: email }, desk.person)
  if (opened.kind === 'refused') return refused(opened.reason)
  const object = publicId('mer', opened.merchant.id)
  await noteSystemDeed(desk, { action: 'people.change', object, outcome: 'opened', detail: { name: shop.name, email } })
  return opened.invited ? { kind: 'done' } : refused('not-invited')
}

/** Invites an owner to a shop that has none any more, or whose invitation has run out. */
export async function inviteOwner(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('people.change', HERE)
  const merchantId = readPublicId('mer', id)
  const typed = inviteForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('bad-email')
  const shop = merchantId && (await desk.gateway.directory.shop(merchantId))
  if (!shop) return refused('unchanged')
  const invited = await desk.gateway.directory.inviteOwner(shop.merchant.id, typed.data, desk.person)
  if (invited.kind === 'refused') return refused(invited.reason)
  const detail = { email: invited.invitation.email }
  await noteSystemDeed(desk, { action: 'people.change', object: id, outcome: 'invited', detail })
  return { kind: 'done' }
}

/** Nothing new begins at the shop from now on. */
export async function suspendShop(id: string, form: FormData): Promise<DeedAnswer> {
  return mark(await requireSystem('people.change', HERE), { id, form, outcome: 'suspended' })
}

export async function reopenShop(id: string, form: FormData): Promise<DeedAnswer> {
  return mark(await requireSystem('people.change', HERE), { id, form, outcome: 'reopened' })
}

async function mark(
  desk: SystemDesk,
  { id, form, outcome }: { id: string; form: FormData; outcome: 'suspended' | 'reopened' },
): Promise<DeedAnswer> {
  const { directory, audit } = desk.gateway
  const merchantId = readPublicId('mer', id)
  const typed = reasonForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('reason')
  if (!merchantId) return refused('unchanged')
  const did = await (outcome === 'suspended' ? directory.suspendShop(merchantId) : directory.reopenShop(merchantId))
  if (did !== 'done') return refused('unchanged')
  const deed = { action: 'people.change', object: id, outcome, detail: typed.data } as const
  await noteSystemDeed(desk, deed)
  // The shop's own trail says it too: its people may know when it was stopped, and by whom.
  await audit.note({ tenantId: merchantId, actor: operatorOf(desk), ...deed })
  return { kind: 'done' }
}

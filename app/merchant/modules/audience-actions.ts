'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { isUuid } from '@/app/_glue/uuid'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { line } from '../_parts/typed'
import { readAddresses } from './_parts/read-addresses'

const HERE = '/merchant/modules'
const DONE: DeedAnswer = { kind: 'done' }

/** Whether everybody may use a module; which groups may, and shoppers added one by one. Counts from the next payment on. */
export async function changeAudience(module: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  const { merchantModules } = desk.gateway
  const t = await getTranslations('modules.fault')
  const no = (message: string): DeedAnswer => ({ kind: 'refused', message })
  const kind = z.enum(['everybody', 'listed']).safeParse(form.get('audience'))
  const wanted = form.getAll('group').map(String)
  if (!kind.success || !wanted.every(isUuid)) return no(t('form'))
  const emails = readAddresses(String(form.get('addresses') ?? ''))
  if (!emails) return no(t('too-many'))
  const before = await merchantModules.audience(desk.merchant.id, module)
  const admitted = await merchantModules.admit(desk.merchant.id, module, { groupIds: wanted, emails })
  if (admitted.kind === 'refused') return no(t(admitted.reason, { line: (admitted.at ?? 0) + 1 }))
  const dropped = before.groups.map(({ id }) => id).filter((id) => !wanted.includes(id))
  if (dropped.length > 0) await merchantModules.exclude(desk.merchant.id, module, { groupIds: dropped })
  await merchantModules.change(desk.merchant.id, module, { audience: kind.data })
  const detail = { audience: kind.data, groups: String(wanted.length), added: String(emails.length) }
  await noteDeed(desk, { action: 'module.change', object: `${module} audience`, outcome: 'changed', detail })
  return DONE
}

/** Takes a shopper off a module's list. */
export async function excludeShopper(module: string, email: string): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  await desk.gateway.merchantModules.exclude(desk.merchant.id, module, { emails: [email] })
  await noteDeed(desk, { action: 'module.change', object: `${module} audience`, outcome: 'removed' })
  return DONE
}

export async function createGroup(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', `${HERE}/groups`)
  const [t, faults] = await Promise.all([getTranslations('modules.groups'), getTranslations('modules.fault')])
  const name = line(60).safeParse(form.get('name'))
  if (!name.success) return { kind: 'refused', message: faults('form') }
  const made = await desk.gateway.merchantModules.createGroup(desk.merchant.id, name.data)
  if (!made) return { kind: 'refused', message: t('taken') }
  await noteDeed(desk, { action: 'module.change', object: 'shopper group', outcome: 'created' })
  return DONE
}

export async function removeGroup(groupId: string): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', `${HERE}/groups`)
  if (isUuid(groupId)) await desk.gateway.merchantModules.removeGroup(desk.merchant.id, groupId)
  await noteDeed(desk, { action: 'module.change', object: 'shopper group', outcome: 'removed' })
  return DONE
}

/** Adds shoppers from what was typed and from a CSV file; all of them or none. */
export async function addMembers(groupId: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', `${HERE}/groups`)
  const t = await getTranslations('modules.fault')
  const file = form.get('file')
  const typed = readAddresses(String(form.get('addresses') ?? ''))
  const inFile = file instanceof File ? readAddresses(await file.text()) : []
  if (!typed || !inFile) return { kind: 'refused', message: t('too-many') }
  const emails = [...typed, ...inFile]
  if (!isUuid(groupId) || emails.length === 0) return { kind: 'refused', message: t('form') }
  const added = await desk.gateway.merchantModules.addMembers(desk.merchant.id, groupId, emails)
  if (added.kind === 'refused') {
    const message = added.reason === 'missing' ? t('unknown-group') : t('wrong-address', { line: added.at + 1 })
    return { kind: 'refused', message }
  }
  const detail = { added: String(added.count) }
  await noteDeed(desk, { action: 'module.change', object: 'shopper group', outcome: 'added', detail })
  return DONE
}

export async function removeMember(groupId: string, email: string): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', `${HERE}/groups`)
  if (isUuid(groupId)) await desk.gateway.merchantModules.removeMember(desk.merchant.id, groupId, email)
  await noteDeed(desk, { action: 'module.change', object: 'shopper group', outcome: 'removed' })
  return DONE
}

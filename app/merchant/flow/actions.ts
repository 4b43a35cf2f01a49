'use server'

import { getTranslations } from 'next-intl/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import type { KeptAnswer } from '@/components/ui/kept-form'
import { fieldsOf, line } from '../_parts/typed'
import { readFlowForm } from './_parts/flow-form'

const HERE = '/merchant/flow'
const note = line(200)

/** Writes what was typed as a new version; nothing follows it yet. */
export async function saveFlow(form: FormData): Promise<KeptAnswer> {
  const desk = await requireDesk('flow.change', HERE)
  const t = await getTranslations('flow')
  const read = readFlowForm(form, desk.merchant.currencies)
  const said = note.safeParse(fieldsOf(form)['note'] ?? '')
  if (read.kind === 'refused' || !said.success) {
    const wrong = read.kind === 'refused' ? read.at : []
    const places = [...wrong, ...(said.success ? [] : ['note'])]
    return {
      kind: 'refused',
      message: t('form.wrong'),
      faults: Object.fromEntries(places.map((at) => [at, at === 'note' ? t('form.noteMissing') : t('form.badValue')])),
    }
  }
  const saved = await desk.gateway.flows.save(desk.merchant.id, {
    document: read.document,
    note: said.data,
    author: desk.person.name,
  })
  if (saved.kind === 'refused') {
    return {
      kind: 'refused',
      message: t('form.wrong'),
      faults: Object.fromEntries(saved.faults.map(({ at, code }) => [read.placeOf(at), t(`fault.${code}`)])),
    }
  }
  await noteDeed(desk, { action: 'flow.change', object: `flow-${saved.version}`, outcome: 'saved' })
  return { kind: 'done', href: `${HERE}?version=${saved.version}` }
}

/** Puts a version in force for payments that begin from now on. */
export async function activateFlow(version: number): Promise<DeedAnswer> {
  const desk = await requireDesk('flow.change', HERE)
  const t = await getTranslations('flow')
  const before = await desk.gateway.flows.inForce(desk.merchant.id)
  const wanted = Number.isSafeInteger(version) && version >= 0 ? version : -1
  const activated = await desk.gateway.flows.activate(desk.merchant.id, wanted, desk.person.name)
  const detail = { from: String(before.version), to: String(wanted) }
  await noteDeed(desk, { action: 'flow.change', object: `flow-${wanted}`, outcome: activated.kind, detail })
  switch (activated.kind) {
    case 'activated':
      return { kind: 'done' }
    case 'missing':
      return { kind: 'refused', message: t('activate.missing') }
    case 'refused':
      return { kind: 'refused', message: activated.faults.map(({ code }) => t(`fault.${code}`)).join(' ') }
  }
}

'use server'

import { getTranslations } from 'next-intl/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import type { TermsChanged } from '@/lib/merchant-modules/merchant-modules'
import type { TermsChanges } from '@/lib/merchant-modules/terms-changes'
import { readTypedTerms, type TermsForm } from './_parts/typed-terms'

const HERE = '/merchant/modules'
const DONE: DeedAnswer = { kind: 'done' }

async function answer(changed: TermsChanged): Promise<DeedAnswer> {
  if (changed.kind === 'changed') return DONE
  const t = await getTranslations('modules')
  return { kind: 'refused', message: t(`fault.${changed.reason}`, { words: changed.words ?? '' }) }
}

/** A module takes part from now on, and starts inactive. */
export async function registerModule(module: string): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  const registered = await desk.gateway.merchantModules.register(desk.merchant.id, module)
  const outcome = registered.kind === 'changed' ? 'registered' : registered.reason
  await noteDeed(desk, { action: 'module.change', object: module, outcome })
  return answer(registered)
}

/** New payments are taken, or refused, from this moment on; what runs finishes. */
export async function switchModule(module: string, state: 'active' | 'inactive'): Promise<DeedAnswer> {
  return change(module, { state })
}

/** Changes one group of a module's terms as a form of the page has it. */
export async function changeTerms(module: string, which: TermsForm, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  const t = await getTranslations('modules')
  if (which === 'fee' && desk.gateway.settings.MODULE_FEES === 'operator') {
    return { kind: 'refused', message: t('fee.agreedText') }
  }
  const changes = readTypedTerms(which, form, desk.merchant.currencies)
  if (changes) return change(module, changes)
  return { kind: 'refused', message: t('fault.form') }
}

async function change(module: string, changes: TermsChanges): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  const changed = await desk.gateway.merchantModules.change(desk.merchant.id, module, changes)
  await noteDeed(desk, {
    action: 'module.change',
    object: module,
    outcome: changed.kind === 'changed' ? 'changed' : changed.reason,
    detail: asDetail(changes),
  })
  return answer(changed)
}

/** What was changed, in text: the audit trail takes no structures. */
function asDetail(changes: TermsChanges): Record<string, string> {
  const inText = (value: unknown) =>
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each)).slice(0, 500)
  return Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, inText(value)]))
}

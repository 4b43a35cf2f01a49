'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { formatMoney } from '@/components/i18n/format'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'
import { paidOutWays } from '@/lib/messages/message'
import { fieldsOf, line } from '../_parts/typed'
import { readTypedLimit } from '../_parts/typed-limits'

const HERE = '/merchant/phone-bill'
const DONE: DeedAnswer = { kind: 'done' }

/** What one line may buy at this shop; counts from the next purchase on (P7.2). */
export async function changeShopLimit(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  const { gateway, merchant, person } = desk
  const typed = readTypedLimit(form)
  if (!typed || !merchant.currencies.includes(typed.currency)) {
    const t = await getTranslations('merchant.phoneBill')
    return { kind: 'refused', message: t('wrong') }
  }
  const { currency, limit, detail } = typed
  const by = { kind: 'merchant', id: person.id, name: person.name } as const
  await gateway.phoneBill.limits.set({ scope: 'merchant', key: merchant.id }, currency, limit, by)
  await noteDeed(desk, {
    action: 'merchant.change',
    object: `phone-bill limits ${currency}`,
    outcome: 'changed',
    detail,
  })
  return DONE
}

/** Whether people who are not logged in may pay by phone bill; counts from the next code on. */
export async function switchGuests(allowed: boolean): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  await desk.gateway.phoneBill.offer.allowGuests(desk.merchant.id, allowed)
  const outcome = allowed ? 'allowed' : 'forbidden'
  await noteDeed(desk, { action: 'merchant.change', object: 'phone-bill guests', outcome })
  return DONE
}

const payoutForm = z.object({
  by: z.enum(paidOutWays),
  named: line(60),
  paidOn: z.iso.date(),
})

/** Books that a refund was paid out by hand. */
export async function payOut(payment: string, reference: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('payment.see', `${HERE}/payouts`)
  const { gateway, merchant, locale } = desk
  const [t, refused] = await Promise.all([
    getTranslations('merchant.phoneBill.payouts'),
    getTranslations('merchant.refused'),
  ])
  const no = (message: string): DeedAnswer => ({ kind: 'refused', message })
  const paymentId = readPublicId('pay', payment)
  if (!paymentId) return no(refused('missing'))
  const typed = payoutForm.safeParse(fieldsOf(form))
  if (!typed.success) {
    const member = typed.error.issues[0]?.path[0]
    return no(member === 'named' || member === 'paidOn' ? t(`fault.${member}`) : refused('form'))
  }
  const credit = await gateway.billing.credits.find(merchant.id, { paymentId, reference })
  const answer = await gateway.deeds.payOut(desk, { paymentId, reference, ...typed.data })
  switch (answer.kind) {
    case 'done':
      return DONE
    case 'needs-second-person': {
      const limit = credit ? formatMoney(answer.limit, credit.currency, locale) : ''
      return no(t('needsSecondPerson', { limit }))
    }
    case 'forbidden':
    case 'missing':
      return no(refused(answer.kind))
    case 'bad-day':
      return no(t('fault.paidOn'))
    case 'noted-before':
    case 'being-checked':
      return no(t(`fault.${answer.kind}`))
  }
}

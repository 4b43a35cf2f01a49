'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import type { Desk } from '@/app/_glue/desk'
import { formatMoney } from '@/components/i18n/format'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { visitReasons } from '@/lib/couriers/cash-delivery'
import { currencyCodes } from '@/lib/money/currency'
import { receiptCode } from './_parts/receipt-code'

const HERE = '/courier'
const DONE: DeedAnswer = { kind: 'done' }
const courierOf = ({ person: { id, name } }: Desk) => ({ id, name })

async function refused(why: 'gone' | 'notOpen'): Promise<DeedAnswer> {
  const t = await getTranslations('courier')
  return { kind: 'refused', message: t(why) }
}

/** The whole amount is in the courier's hand: the order is paid, and the buyer may scan the receipt (M-111). */
export async function collect(deliveryId: string): Promise<DeedAnswer> {
  const desk = await requireDesk('delivery.collect', HERE)
  if (!z.uuid().safeParse(deliveryId).success) return refused('gone')
  const collected = await desk.gateway.couriers.collect(desk.merchant.id, deliveryId, courierOf(desk))
  if (collected.kind === 'missing') return refused('gone')
  const outcome = collected.kind
  await noteDeed(desk, { action: 'delivery.collect', object: `delivery ${deliveryId}`, outcome })
  if (collected.kind !== 'collected') return refused('notOpen')
  const [t, content] = await Promise.all([getTranslations('courier.qr'), receiptCode(desk, collected.delivery)])
  const { amount, currency } = collected.delivery.amount
  return {
    kind: 'done',
    shown: { title: t('thanks', { amount: formatMoney(amount, currency, desk.locale) }), content },
  }
}

/** The courier came back with the goods. */
export async function visit(deliveryId: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('delivery.collect', HERE)
  const typed = z.object({ id: z.uuid(), reason: z.enum(visitReasons) }).safeParse({
    ...{ id: deliveryId, reason: form.get('reason') },
  })
  if (!typed.success) return refused('gone')
  const { id, reason } = typed.data
  const noted = await desk.gateway.couriers.visited(desk.merchant.id, id, reason, courierOf(desk))
  return noted ? DONE : refused('gone')
}

/** Nobody will pay for it at the door any more: the order ends, and what else was paid for it goes back. */
export async function giveUp(deliveryId: string): Promise<DeedAnswer> {
  return settle(deliveryId, 'given-up', ({ gateway, merchant }) => gateway.couriers.giveUp(merchant.id, deliveryId))
}

/** Cash of an order that had been cancelled is with its buyer again. */
export async function giveBack(deliveryId: string): Promise<DeedAnswer> {
  return settle(deliveryId, 'given-back', ({ gateway, merchant }) =>
    gateway.couriers.givenBack(merchant.id, deliveryId),
  )
}

async function settle(
  deliveryId: string,
  outcome: string,
  deed: (desk: Desk) => Promise<boolean>,
): Promise<DeedAnswer> {
  const desk = await requireDesk('delivery.settle', HERE)
  if (!z.uuid().safeParse(deliveryId).success || !(await deed(desk))) return refused('gone')
  await noteDeed(desk, { action: 'delivery.settle', object: `delivery ${deliveryId}`, outcome })
  return DONE
}

/** Reports to the head office what was received (M-112). */
export async function handIn(currency: string): Promise<DeedAnswer> {
  const desk = await requireDesk('delivery.collect', HERE)
  const known = z.enum(currencyCodes).safeParse(currency)
  const report = known.success
    ? await desk.gateway.couriers.handIn(desk.merchant.id, courierOf(desk), known.data)
    : undefined
  if (!report) return refused('gone')
  const { amount, deliveries, id } = report
  await noteDeed(desk, {
    ...{ action: 'delivery.collect', object: `hand-in ${id}`, outcome: 'handed-in' },
    detail: { amount: amount.amount.toString(), currency: amount.currency, deliveries: String(deliveries) },
  })
  return DONE
}

'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { fieldsOf, line } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { publicId, readPublicId } from '@/lib/ids'
import { currencyCodes } from '@/lib/money/currency'
import { parseMinorUnits } from '@/lib/money/money'
import type { LinkFault } from '@/lib/payment-links/payment-links'
import { addUnits, startOf } from '@/lib/calendar'

const HERE = '/merchant/payment-links'

const units = z.string().transform((text) => parseMinorUnits(text) ?? 0n)
const optional = z.string().trim().default('')
const linkForm = z.object({
  name: line(100),
  description: z.string().max(1000).optional(),
  currency: z.enum(currencyCodes),
  price: z.enum(['fixed', 'open']),
  ...{ amount: units.default(0n), least: units.default(0n), most: units.default(0n), stock: optional, until: optional },
})

async function refused(reason: LinkFault | 'name' | 'missing'): Promise<DeedAnswer> {
  const t = await getTranslations('selling.links.fault')
  return { kind: 'refused', message: t(reason) }
}

/** Makes a link; its terms never change afterwards, so that a printed code keeps its word. */
export async function createLink(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('link.change', HERE)
  const { gateway, merchant, person } = desk
  const typed = linkForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('name')
  const { name, description, currency, price, amount, least, most, stock, until } = typed.data
  if (stock !== '' && !/^[0-9]{1,7}$/.test(stock)) return refused('stock')
  if (until !== '' && !z.iso.date().safeParse(until).success) return refused('past')
  const text = description?.normalize('NFC').trim()
  const made = await gateway.paymentLinks.create({
    ...{ merchantId: merchant.id, name, currency },
    price: price === 'fixed' ? { kind: 'fixed', amount } : { kind: 'open', least, most },
    ...(text && { description: text }),
    ...(stock !== '' && { stock: Number(stock) }),
    // To the end of the day that was typed.
    ...(until !== '' && { expiresAt: startOf(addUnits(until, 'day', 1), gateway.settings.TIME_ZONE) }),
    createdBy: { kind: 'person', id: person.id, name: person.name },
  })
  if (made.kind === 'refused') return refused(made.reason)
  const object = publicId('plk', made.link.id)
  await noteDeed(desk, { action: 'link.change', object, outcome: 'created', detail: { name } })
  return { kind: 'done' }
}

/** Nobody new can buy; checkouts that are open may end. */
export async function closeLink(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('link.change', HERE)
  const linkId = readPublicId('plk', id)
  if (!linkId || !(await desk.gateway.paymentLinks.close(desk.merchant.id, linkId))) return refused('missing')
  await noteDeed(desk, { action: 'link.change', object: id, outcome: 'switched off' })
  return { kind: 'done' }
}

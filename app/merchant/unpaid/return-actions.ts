'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { type Desk, noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'
import type { Ordered } from '@/lib/returns/return-store'
import { fieldsOf, line } from '../_parts/typed'

const HERE = '/merchant/unpaid/returns'
const named = z.object({ named: line(60) })
const handOf = ({ person, membership }: Desk) => ({ id: person.id, name: person.name, role: membership.role })

async function answered(desk: Desk, object: string, deed: string, outcome: Ordered): Promise<DeedAnswer> {
  const t = await getTranslations('refunds.transfers.fault')
  await noteDeed(desk, { action: 'giro.return', object, outcome, detail: { deed } })
  return outcome === 'ordered' ? { kind: 'done' } : { kind: 'refused', message: t(outcome) }
}

/** Orders from the bank that what a giro credit owes its payer goes back to the account it came from. */
export async function orderCreditBack(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('giro.return', '/merchant/unpaid/credits')
  const creditId = readPublicId('gcr', id)
  const { returns } = desk.gateway
  const outcome = creditId ? await returns.orderCredit(desk.merchant.id, creditId, handOf(desk)) : 'gone'
  return answered(desk, id, 'order', outcome)
}

/** Orders a transfer once more that the bank has refused or sent back. */
export async function retryReturn(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('giro.return', HERE)
  const transferId = readPublicId('ret', id)
  const { returns } = desk.gateway
  const outcome = transferId ? await returns.retry(desk.merchant.id, transferId, handOf(desk)) : 'gone'
  return answered(desk, id, 'retry', outcome)
}

/** Books that people have transferred it themselves. */
export async function noteReturnByHand(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('giro.return', HERE)
  const [t, refused] = await Promise.all([
    getTranslations('refunds.transfers.fault'),
    getTranslations('merchant.refused'),
  ])
  const transferId = readPublicId('ret', id)
  const typed = named.safeParse(fieldsOf(form))
  if (!transferId || !typed.success) return { kind: 'refused', message: refused('form') }
  const { returns } = desk.gateway
  const isDone = await returns.byHand(desk.merchant.id, transferId, typed.data.named, handOf(desk))
  const outcome = isDone ? 'returned' : 'gone'
  await noteDeed(desk, { action: 'giro.return', object: id, outcome, detail: { named: typed.data.named } })
  return isDone ? { kind: 'done' } : { kind: 'refused', message: t('gone') }
}

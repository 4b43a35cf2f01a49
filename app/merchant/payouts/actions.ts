'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { publicId, readPublicId } from '@/lib/ids'
import { currencyCodes } from '@/lib/money/currency'
import { fieldsOf, line, namesIn } from '../_parts/typed'

const HERE = '/merchant/payouts'
const form = z.object({ currency: z.enum(currencyCodes), bank: line(35), number: line(44), holder: line(70) })

const faultAt = (name: string) => (['bank', 'number', 'holder'] as const).find((each) => each === name) ?? 'form'

/** Proposes another account for payouts; nothing is paid there before a second person has agreed (P6.3). */
export async function proposeAccount(typed: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('payout-account.change', HERE)
  const { gateway, merchant, person, membership } = desk
  const t = await getTranslations('settlement.account')
  const read = form.safeParse(fieldsOf(typed))
  if (!read.success) {
    const faults = Object.fromEntries(namesIn(read.error).map((name) => [name, t(`wrong.${faultAt(name)}`)]))
    return { kind: 'refused', message: t('wrong.form'), faults }
  }
  if (!merchant.currencies.includes(read.data.currency)) return { kind: 'refused', message: t('wrong.form') }
  const by = { id: person.id, name: person.name, role: membership.role }
  const proposed = await gateway.settlement.proposeAccount({ ...read.data, merchantId: merchant.id, by })
  if (proposed.kind === 'refused') {
    const { fault } = proposed
    return { kind: 'refused', message: t('wrong.form'), faults: { [fault]: t(`wrong.${fault}`) } }
  }
  await noteDeed(desk, {
    action: 'payout-account.change',
    object: publicId('pac', proposed.id),
    outcome: 'proposed',
    detail: { lastFour: read.data.number.slice(-4), bank: read.data.bank },
  })
  return { kind: 'done' }
}

/** Agrees to an account that somebody else has proposed. */
export async function decideAccount(account: string): Promise<DeedAnswer> {
  const desk = await requireDesk('payout-account.change', HERE)
  const { gateway, merchant, person, membership } = desk
  const t = await getTranslations('settlement.account')
  const id = readPublicId('pac', account)
  const by = { id: person.id, name: person.name, role: membership.role }
  const isDone = id !== undefined && (await gateway.settlement.decideAccount(merchant.id, id, { agreed: true, by }))
  await noteDeed(desk, { action: 'payout-account.change', object: account, outcome: isDone ? 'agreed' : 'refused' })
  return isDone ? { kind: 'done' } : { kind: 'refused', message: t('wrong.second') }
}

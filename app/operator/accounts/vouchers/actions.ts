'use server'

import { getTranslations } from 'next-intl/server'
import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { noteSystemDeed, requireSystem, type SystemDesk } from '@/app/_glue/system'
import { isUuid } from '@/app/_glue/uuid'
import { endOf } from '@/lib/calendar'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import type { VouchersProposed } from '@/components/operator/voucher-maker'
import { vouchersMade } from './_parts/made-vouchers'

const HERE = '/operator/accounts/vouchers'

const wantedInput = z.strictObject({
  value: z.bigint().positive().max(10_000_000n),
  count: z.int().min(1).max(10_000),
  expiresOn: z.iso.date(),
  note: z.string().trim().max(100),
})

const handOf = ({ person }: SystemDesk) => ({ kind: 'operator', id: person.id, name: person.name }) as const

/** Says what vouchers there should be; a second operator has to agree (P6.3). */
export async function proposeVouchers(wanted: unknown): Promise<VouchersProposed> {
  const desk = await requireSystem('system.change', HERE)
  const { gateway } = desk
  const typed = wantedInput.safeParse(wanted)
  const expiresAt = typed.success ? endOf(typed.data.expiresOn, gateway.settings.TIME_ZONE) : undefined
  if (!typed.success || !expiresAt || expiresAt <= gateway.clock.now()) return 'refused'
  const { value, count, note } = typed.data
  const batch = await gateway.accounts.proposeVouchers({
    ...{ value: { amount: value, currency: 'KRW' }, count, expiresAt, note },
    by: handOf(desk),
  })
  await noteSystemDeed(desk, {
    action: 'system.change',
    object: `voucher batch ${batch.id}`,
    outcome: 'proposed',
    detail: { value: String(value), count: String(count) },
  })
  revalidatePath(HERE)
  return 'proposed'
}

/** The second operator agrees, and gets the codes, or does not. */
export async function decideVouchers(batchId: string, agreed: boolean): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const decided = isUuid(batchId)
    ? await desk.gateway.accounts.decideVouchers(batchId, { agreed, by: handOf(desk) })
    : ({ kind: 'gone' } as const)
  const detail = { deed: 'decide-vouchers' }
  await noteSystemDeed(desk, {
    ...{ action: 'system.change', object: `voucher batch ${batchId}`, outcome: decided.kind, detail },
  })
  if (decided.kind === 'made') return vouchersMade(decided.codes)
  if (decided.kind === 'refused') return { kind: 'done' }
  const t = await getTranslations('operator.vouchers')
  return { kind: 'refused', message: t('gone') }
}

/** What is left of a batch is worth nothing any more; whoever has proposed one takes it back so. */
export async function withdrawVouchers(batchId: string): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const isDone = isUuid(batchId) && (await desk.gateway.accounts.withdrawVouchers(batchId))
  if (!isDone) {
    const t = await getTranslations('operator.accounts')
    return { kind: 'refused', message: t('missing') }
  }
  await noteSystemDeed(desk, { action: 'system.change', object: `voucher batch ${batchId}`, outcome: 'withdrawn' })
  return { kind: 'done' }
}

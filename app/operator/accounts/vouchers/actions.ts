'use server'

import { getTranslations } from 'next-intl/server'
import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { isUuid } from '@/app/_glue/uuid'
import { endOfDay } from '@/app/operator/_parts/zoned-time'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import type { MadeVouchers } from '@/components/operator/voucher-maker'

const HERE = '/operator/accounts/vouchers'

const wantedInput = z.strictObject({
  value: z.bigint().positive().max(10_000_000n),
  count: z.int().min(1).max(10_000),
  expiresOn: z.iso.date(),
  note: z.string().trim().max(100),
})

/** Makes a batch; its codes are in this answer and nowhere else. */
export async function makeVouchers(wanted: unknown): Promise<MadeVouchers> {
  const desk = await requireSystem('system.change', HERE)
  const { gateway, person } = desk
  const typed = wantedInput.safeParse(wanted)
  const expiresAt = typed.success ? endOfDay(typed.data.expiresOn, gateway.settings.TIME_ZONE) : undefined
  if (!typed.success || !expiresAt || expiresAt <= gateway.clock.now()) return { kind: 'refused' }
  const { value, count, note } = typed.data
  const { batch, codes } = await gateway.accounts.createVouchers({
    ...{ value: { amount: value, currency: 'KRW' }, count, expiresAt, note },
    by: { kind: 'operator', id: person.id, name: person.name },
  })
  await noteSystemDeed(desk, {
    action: 'system.change',
    object: `voucher batch ${batch.id}`,
    outcome: 'made',
    detail: { value: String(value), count: String(count) },
  })
  revalidatePath(HERE)
  return { kind: 'made', codes }
}

/** What is left of a batch is worth nothing any more. */
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

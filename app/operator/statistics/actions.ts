'use server'

import { revalidatePath } from 'next/cache'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { readDay } from './_parts/day-query'

/** Counts a day anew; counting what has not come yet does nothing. */
export async function countDay(form: FormData): Promise<void> {
  const desk = await requireSystem('system.change', '/operator/statistics')
  const { daily } = desk.gateway
  const day = readDay(form.get('day'))
  if (!day || day > (await daily.today())) return
  await daily.count(day)
  await noteSystemDeed(desk, { action: 'system.change', object: `statistics ${day}`, outcome: 'done' })
  revalidatePath('/operator/statistics')
}

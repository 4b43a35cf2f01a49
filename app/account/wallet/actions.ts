'use server'

import { getLocale } from 'next-intl/server'
import { revalidatePath } from 'next/cache'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { wholeWallet } from '@/app/_glue/wallet'
import { moved, type Way, ways } from '@/lib/wallet/means-order'

const HERE = '/account/wallet'

async function own() {
  const [person, gateway, locale] = await Promise.all([requirePerson(HERE), runningGateway(), getLocale()])
  const { all } = await wholeWallet({ gateway, person, locale })
  return { person, gateway, order: all.map(({ means }) => means) }
}

/** Moves one of the shopper's means by a place, or to the front. What is not theirs, moves nothing. */
export async function moveMeans(means: string, way: Way): Promise<void> {
  const { person, gateway, order } = await own()
  if (!ways.includes(way) || !order.includes(means)) return
  await gateway.walletOrder.arrange(person.id, moved(order, means, way))
  revalidatePath(HERE)
}

/** Which means the checkout has ready; none of them: null. */
export async function preferMeans(means: string | null): Promise<void> {
  const { person, gateway, order } = await own()
  if (means !== null && !order.includes(means)) return
  await gateway.walletOrder.prefer(person.id, means ?? undefined)
  revalidatePath(HERE)
}

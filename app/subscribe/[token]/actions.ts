'use server'

import { getLocale } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { readStanding } from '@/app/_glue/standing-means'
import { publicId } from '@/lib/ids'
import { parseMinorUnits } from '@/lib/money/money'

const input = z.object({
  id: z.uuid(),
  firstOn: z.iso.date(),
  firstAmount: z.string().transform((text) => parseMinorUnits(text) ?? 0n),
  agreed: z.literal('yes'),
})

/** Agrees to what the page said, and leads to the subscription; what is refused is said on the same page. */
export async function subscribe(token: string, form: FormData): Promise<void> {
  const here = `/subscribe/${encodeURIComponent(token)}`
  const [person, gateway, locale] = await Promise.all([requirePerson(here), runningGateway(), getLocale()])
  const id = String(form.get('id'))
  const chosen = String(form.get('means') ?? '')
  const back = (no: string) => redirect(`${here}?${new URLSearchParams({ no, id, means: chosen })}`)
  const read = input.safeParse(Object.fromEntries(form))
  const means = readStanding(chosen)
  if (!read.success) return back('consent')
  if (!means) return back('means')
  const { firstOn, firstAmount } = read.data
  const agreement = { id: read.data.id, shopperId: person.id, means, locale, told: { firstOn, firstAmount } }
  const agreed = await gateway.subscriptions.agree(token, agreement)
  if (agreed.kind === 'refused') return back(agreed.reason)
  if (agreed.kind === 'declined') return back('declined')
  const subscription = publicId('sub', agreed.subscription.id)
  redirect(`/account/subscriptions/${subscription}${agreed.kind === 'started' ? '?done=started' : ''}`)
}

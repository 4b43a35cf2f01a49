'use server'

import { redirect } from 'next/navigation'
import { openCheckout } from '@/app/_glue/checkout'
import { readTypedAddress } from '@/app/_glue/typed-address'
import { readPublicId } from '@/lib/ids'

/** The shopper chooses where to deliver to, and agrees that this shop reads it for this payment. */
export async function giveAddress(id: string, form: FormData): Promise<void> {
  const checkout = await openCheckout(id)
  const here = `/pay/${id}`
  if (checkout?.payment.state !== 'created' || !checkout.payment.plan?.address) redirect(here)
  const { gateway, payment, person } = checkout
  if (form.get('consent') !== 'on') redirect(`${here}?address=consent`)
  const chosen = form.get('chosen')
  const savedId = typeof chosen === 'string' ? readPublicId('adr', chosen) : undefined
  const saved = savedId && person ? await gateway.addresses.find(person.id, savedId) : undefined
  const typed = saved ? { address: saved.address } : readTypedAddress(form)
  if ('wrong' in typed) redirect(`${here}?address=wrong`)
  await gateway.addresses.give(payment, typed.address, person?.id)
  if (!saved && person && form.get('keep') === 'on') await gateway.addresses.add(person.id, typed.address)
  redirect(here)
}

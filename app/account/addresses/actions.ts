'use server'

import { getTranslations } from 'next-intl/server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { readTypedAddress } from '@/app/_glue/typed-address'
import type { KeptAnswer } from '@/components/ui/kept-form'
import { readPublicId } from '@/lib/ids'

const HERE = '/account/addresses'

async function own() {
  const [person, gateway] = await Promise.all([requirePerson(HERE), runningGateway()])
  return { person, gateway }
}

/** Keeps a new address, or changes one that is kept. */
export async function saveAddress(id: string | null, form: FormData): Promise<KeptAnswer> {
  const [{ person, gateway }, t] = await Promise.all([own(), getTranslations('address')])
  const typed = readTypedAddress(form)
  if ('wrong' in typed) {
    const faults = Object.fromEntries(typed.wrong.map((name) => [name, faultWords(name)]))
    return { kind: 'refused', message: t('fault.form'), faults }
  }
  const addressId = id === null ? undefined : readPublicId('adr', id)
  const isSaved =
    id === null
      ? (await gateway.addresses.add(person.id, typed.address)).kind === 'added'
      : addressId !== undefined && (await gateway.addresses.change(person.id, addressId, typed.address))
  if (!isSaved) return { kind: 'refused', message: t(id === null ? 'fault.tooMany' : 'fault.missing'), faults: {} }
  revalidatePath('/account', 'layout')
  return { kind: 'done', href: `${HERE}?done=saved` }

  function faultWords(name: string): string {
    return name === 'phone' ? t('fault.phone') : name === 'postalCode' ? t('fault.postalCode') : t('fault.field')
  }
}

export async function chooseDefault(id: string): Promise<void> {
  const { person, gateway } = await own()
  const addressId = readPublicId('adr', id)
  if (addressId) await gateway.addresses.makeDefault(person.id, addressId)
  revalidatePath(HERE)
}

export async function removeAddress(id: string): Promise<void> {
  const { person, gateway } = await own()
  const addressId = readPublicId('adr', id)
  if (addressId) await gateway.addresses.remove(person.id, addressId)
  redirect(`${HERE}?done=removed`)
}

/** From now on the shop can no longer read the address that was given to it. */
export async function revokeConsent(payment: string): Promise<void> {
  const { person, gateway } = await own()
  const paymentId = readPublicId('pay', payment)
  if (paymentId) await gateway.addresses.revoke(person.id, paymentId)
  redirect(`${HERE}?done=revoked`)
}

import 'server-only'
import type { ShownAddress } from '@/components/address/address-fields'
import { type Address, addressInput, countryOf } from '@/lib/addresses/address'
import { readPhoneNumber } from '@/lib/billing/phone-number'

/** An address as somebody typed it; or the names of the fields that are wrong. */
export function readTypedAddress(form: FormData): { address: Address } | { wrong: string[] } {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const phone = readPhoneNumber(text('phone')) ?? text('phone').replace(/[\s().-]/g, '')
  const shared = {
    ...{ recipient: text('recipient'), phone, postalCode: text('postalCode').trim() },
    ...{ label: text('label'), line1: text('line1'), line2: text('line2') },
  }
  const country = text('country')
  const read = addressInput.safeParse(
    country === 'KR'
      ? { form: 'kr', ...shared }
      : { form: 'international', ...shared, country, city: text('city'), region: text('region') },
  )
  if (read.success) return { address: read.data }
  return { wrong: [...new Set(read.error.issues.map(({ path }) => String(path[0] ?? 'country')))] }
}

/** An address as the fields of a form are filled with it. */
export function shownAddress(address: Address): ShownAddress {
  const { form: _form, ...members } = address
  return { ...members, country: countryOf(address) }
}

/** Where an order goes that is paid at the door. */
export interface TypedRecipient {
  readonly name: string
  readonly phone: string
  readonly address: string
  readonly note: string
}

export function nothingTypedRecipient({ personName = '' }: { readonly personName?: string }): TypedRecipient {
  return { name: personName, phone: '', address: '', note: '' }
}

// The gateway reads it more closely; this only spares people a way there and back.
const isPhone = (text: string) => /^\+?[0-9 ().-]{8,24}$/.test(text.trim())

/** Which fields cannot be sent as they are. */
export function recipientFaults({ name, phone, address }: TypedRecipient) {
  return { name: name.trim() === '', phone: !isPhone(phone), address: address.trim() === '' }
}

/** As it is sent; undefined while something is missing. */
export function readRecipient(typed: TypedRecipient): Record<string, string> | undefined {
  if (Object.values(recipientFaults(typed)).some(Boolean)) return undefined
  const { name, phone, address, note } = typed
  const said = note.normalize('NFC').trim()
  return {
    ...{ name: name.normalize('NFC').trim(), phone: phone.trim(), address: address.normalize('NFC').trim() },
    ...(said && { note: said }),
  }
}

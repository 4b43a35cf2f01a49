import { isEmail } from './typed-payment'

/** Who is sent the statement of what is paid by giro. */
export interface TypedPayer {
  readonly name: string
  readonly email: string
}

export function nothingTypedPayer({ personName = '' }: { readonly personName?: string }): TypedPayer {
  return { name: personName, email: '' }
}

/** Which fields cannot be sent as they are; whoever is logged in may leave the address to the account. */
export function payerFaults({ name, email }: TypedPayer, hasAccount: boolean) {
  return { name: name.trim() === '', email: email.trim() === '' ? !hasAccount : !isEmail(email) }
}

/** As it is sent; undefined while something is missing. */
export function readPayer(typed: TypedPayer, hasAccount: boolean): Record<string, string> | undefined {
  if (Object.values(payerFaults(typed, hasAccount)).some(Boolean)) return undefined
  const email = typed.email.trim()
  return { name: typed.name.normalize('NFC').trim(), ...(email && { email }) }
}

const WRITTEN =
  /^[^\s@"<>(),:;\\[\]\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{1,62}$/u

/** The one form in which an address is stored and compared: NFC, lower case. Undefined when it cannot be an address. */
export function normalizeEmail(typed: string): string | undefined {
  const email = typed.trim().normalize('NFC').toLowerCase()
  return email.length <= 254 && WRITTEN.test(email) ? email : undefined
}

/** Enough of an address for support to recognize it, and no more. */
export function maskedEmail(address: string): string {
  const [name = '', domain = ''] = address.split('@')
  return `${[...name][0] ?? ''}***@${domain}`
}

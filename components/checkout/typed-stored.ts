/** What is typed to pay from an account or with e-cash. */
export interface TypedStored {
  /** As it is printed on the account's card. */
  readonly number: string
  readonly pin: string
  /** Where to say that there is no such account; may be left out. */
  readonly mobile: string
  /** True: only `part` is paid with it, the rest with `rest`. */
  readonly isPart: boolean
  readonly part: bigint | undefined
  /** card:… of the wallet, a new card, or split over several. */
  readonly rest: string | undefined
}

export const nothingTypedStored: TypedStored = {
  number: '',
  pin: '',
  mobile: '',
  isPart: false,
  part: undefined,
  rest: undefined,
}

export const isStoredMeans = (means: string | undefined) =>
  means === 'account' || means === 'e-cash' || means?.startsWith('account:') === true

export const accountDigits = (number: string) => number.replaceAll(/[\s-]/g, '')

const isPin = (pin: string) => /^[0-9]{4,8}$/.test(pin)
const isMobile = (mobile: string) => /^[+0-9][0-9\s().-]{7,22}$/.test(mobile.trim())

export type StoredField = 'number' | 'pin' | 'mobile' | 'part'

/** What is wrong or missing. */
export function storedFaults(
  typed: TypedStored,
  { needsNumber, needsPin, amount }: { needsNumber: boolean; needsPin: boolean; amount: bigint },
): Partial<Record<StoredField, true>> {
  const { number, pin, mobile, isPart, part } = typed
  return {
    ...(needsNumber && !/^[0-9]{16}$/.test(accountDigits(number)) && { number: true }),
    ...(needsPin && !isPin(pin) && { pin: true }),
    ...(needsNumber && mobile.trim() !== '' && !isMobile(mobile) && { mobile: true }),
    ...(isPart && (part === undefined || part <= 0n || part >= amount) && { part: true }),
  }
}

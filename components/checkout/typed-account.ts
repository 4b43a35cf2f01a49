/** What is typed to pay from a bank account. */
export interface TypedAccount {
  /** Code of the bank; empty: none chosen yet. */
  readonly bank: string
  readonly account: string
  readonly name: string
  readonly password: string
}

/** A bank is chosen already where there is only one. */
export function nothingTypedAccount(view: {
  readonly banks: readonly { readonly code: string }[]
  readonly personName?: string
}): TypedAccount {
  const [only, other] = view.banks
  return { bank: only && !other ? only.code : '', account: '', name: view.personName ?? '', password: '' }
}

const isAccount = (digits: string) => /^[0-9]{6,20}$/.test(digits)

/** The number as banks take it. */
export const accountDigits = (text: string) => text.replace(/[^0-9]/g, '').slice(0, 20)

/** Which fields cannot be sent as they are. */
export function accountFaults({ bank, account, name, password }: TypedAccount) {
  return {
    bank: bank === '',
    account: !isAccount(accountDigits(account)),
    holder: name.trim() === '',
    password: password === '',
  }
}

/** As it is sent; undefined while something is missing. */
export function readAccount(typed: TypedAccount): Record<keyof TypedAccount, string> | undefined {
  if (Object.values(accountFaults(typed)).some(Boolean)) return undefined
  const { bank, account, name, password } = typed
  return { bank, account: accountDigits(account), name: name.normalize('NFC').trim(), password }
}

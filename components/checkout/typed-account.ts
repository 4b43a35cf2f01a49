/** What is typed to pay from a bank account. */
export interface TypedAccount {
  /** One that the shopper has kept; empty: another one, whose fields are below. */
  readonly savedId: string
  /** Code of the bank; empty: none chosen yet. */
  readonly bank: string
  readonly account: string
  readonly name: string
  readonly password: string
  /** Whether it is to be kept for the next time. */
  readonly keeps: boolean
}

/** The account that was kept last, or none; a bank is chosen already where there is only one. */
export function nothingTypedAccount(view: {
  readonly banks: readonly { readonly code: string }[]
  readonly bankAccounts: readonly { readonly id: string }[]
  readonly personName?: string
}): TypedAccount {
  const [only, other] = view.banks
  return {
    ...{ savedId: view.bankAccounts[0]?.id ?? '', bank: only && !other ? only.code : '', account: '' },
    ...{ name: view.personName ?? '', password: '', keeps: false },
  }
}

const isAccount = (digits: string) => /^[0-9]{6,20}$/.test(digits)

/** The number as banks take it. */
export const accountDigits = (text: string) => text.replace(/[^0-9]/g, '').slice(0, 20)

/** Which fields cannot be sent as they are; of an account that was kept only the password is asked for. */
export function accountFaults({ savedId, bank, account, name, password }: TypedAccount) {
  const isNew = savedId === ''
  return {
    bank: isNew && bank === '',
    account: isNew && !isAccount(accountDigits(account)),
    holder: isNew && name.trim() === '',
    password: password === '',
  }
}

/** As it is sent; undefined while something is missing. */
export function readAccount(typed: TypedAccount): Record<string, string> | undefined {
  if (Object.values(accountFaults(typed)).some(Boolean)) return undefined
  const { savedId, bank, account, name, password } = typed
  if (savedId !== '') return { savedAccountId: savedId, password }
  return { bank, account: accountDigits(account), name: name.normalize('NFC').trim(), password }
}

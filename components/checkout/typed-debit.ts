/** What is typed and ticked to pay by direct debit. */
export interface TypedDebit {
  readonly bank: string
  readonly account: string
  readonly holder: string
  /** Whether the mandate is kept for later orders. */
  readonly keeps: boolean
  readonly agreed: boolean
}

export function nothingTypedDebit({ personName = '' }: { readonly personName?: string }): TypedDebit {
  return { bank: '', account: '', holder: personName, keeps: false, agreed: false }
}

/** Which fields cannot be sent as they are. */
export function debitFaults({ bank, account, holder, agreed }: TypedDebit) {
  return {
    bank: bank === '',
    account: !/^([0-9]{6,20}|[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30})$/.test(account.replace(/[ -]/g, '').toUpperCase()),
    holder: holder.trim() === '',
    agreed: !agreed,
  }
}

/** As it is sent; undefined while something is missing. */
export function readDebit(typed: TypedDebit): Record<string, string> | undefined {
  if (Object.values(debitFaults(typed)).some(Boolean)) return undefined
  const { bank, account, holder, keeps } = typed
  return { bank, account, holder: holder.normalize('NFC').trim(), kind: keeps ? 'recurring' : 'one-off' }
}

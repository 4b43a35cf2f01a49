import type { TypedLine } from '../phone/typed-line'

/** What is typed and ticked to pay by phone bill. */
export interface TypedPhone {
  readonly line: TypedLine
  readonly consent: boolean
  /** True: only `part` goes on the phone bill, the rest is paid with `rest`. */
  readonly isPart: boolean
  readonly part: bigint | undefined
  /** card:… of the wallet, a new card, or split over several. */
  readonly rest: string | undefined
}

export const nothingTypedPhone = (name = ''): TypedPhone => ({
  line: { kind: 'line', number: '', pin: '', name, birthDate: '' },
  consent: false,
  isPart: false,
  part: undefined,
  rest: undefined,
})

/** What goes on the phone bill; undefined while that is not a part of the whole. */
export function phoneShare({ isPart, part }: TypedPhone, amount: bigint): bigint | undefined {
  if (!isPart) return amount
  return part !== undefined && part > 0n && part < amount ? part : undefined
}

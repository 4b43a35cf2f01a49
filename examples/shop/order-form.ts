import type { TypedCard } from '../../sdk'
import type { Mistake } from './pages/order-page'
import { field, type Visit } from './visit'

export interface ReadForm {
  readonly name: string
  readonly email: string
  readonly way: string
  readonly card: TypedCard
  readonly mistakes: readonly Mistake[]
}

/** Reads what was typed into the order page; whatever is not acceptable is named. */
export function readOrderForm(visit: Visit, asked: { readonly who: boolean }): ReadForm {
  const [name, email, way] = ['name', 'email', 'way'].map((each) => field(visit, each)) as [string, string, string]
  const card = readCard(visit)
  const wrong: Mistake[] = []
  if (asked.who && (name === '' || name.length > 60)) wrong.push('name')
  if (asked.who && !(email.length <= 254 && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))) wrong.push('email')
  if (way !== 'moa' && way !== 'card') wrong.push('way')
  return { name, email, way, card, mistakes: way === 'card' ? [...wrong, ...mistakesOf(card)] : wrong }
}

function readCard(visit: Visit): TypedCard {
  const [, month = '', year = ''] = /^([0-9]{1,2}) *[/.-]? *(?:20)?([0-9]{2})$/.exec(field(visit, 'expiry')) ?? []
  const securityCode = field(visit, 'securityCode')
  return {
    number: field(visit, 'number').replaceAll(/[ -]/g, ''),
    expiry: `${year}${month.padStart(2, '0')}`,
    ...(securityCode !== '' && { securityCode }),
  }
}

/** A V-Card has no security code; whether another card needs one is for its issuer to say. */
function mistakesOf({ number, expiry, securityCode = '000' }: TypedCard): Mistake[] {
  const wrong: Mistake[] = []
  if (!/^[0-9]{12,19}$/.test(number) || !passesCheckDigit(number)) wrong.push('number')
  if (!/^[0-9]{2}(?:0[1-9]|1[0-2])$/.test(expiry)) wrong.push('expiry')
  if (!/^[0-9]{3,4}$/.test(securityCode)) wrong.push('securityCode')
  return wrong
}

/** ISO/IEC 7812: catches every mistyped digit. */
function passesCheckDigit(number: string): boolean {
  const values = [...number].reverse().map((digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return doubled > 9 ? doubled - 9 : doubled
  })
  return values.reduce((sum, value) => sum + value, 0) % 10 === 0
}

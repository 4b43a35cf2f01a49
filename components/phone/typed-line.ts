/** A line or calling card as somebody types it. */
export interface TypedLine {
  readonly kind: 'line' | 'calling-card'
  readonly number: string
  /** Calling cards only. */
  readonly pin: string
  /** The subscriber's; telephone lines only. */
  readonly name: string
  readonly birthDate: string
}

export type LineFault = 'number' | 'cardNumber' | 'pin' | 'holder' | 'birthDate'
export type LineField = Exclude<keyof TypedLine, 'kind'>

export const nothingTypedLine: TypedLine = { kind: 'line', number: '', pin: '', name: '', birthDate: '' }

const digitsOf = (text: string) => text.replace(/[^0-9]/g, '')
const PIN = /^[0-9]{4,8}$/

export const isPin = (text: string) => PIN.test(text)

/** Puts the strokes into a date of birth while its digits are typed. */
export function writeBirthDate(typed: string): string {
  const digits = digitsOf(typed).slice(0, 8)
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].filter(Boolean).join('-')
}

/** A day that there was (YYYY-MM-DD); undefined for anything else. */
export function readBirthDate(typed: string): string | undefined {
  const text = writeBirthDate(typed)
  const at = new Date(`${text}T00:00:00Z`)
  const isDay = text.length === 10 && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
  return isDay && text >= '1900-01-01' ? text : undefined
}

/** What is wrong with what was typed, by field; whether there is such a line only its telephone company knows. */
export function lineFaults(line: TypedLine): Partial<Record<LineField, LineFault>> {
  const digits = digitsOf(line.number)
  if (line.kind === 'calling-card') {
    return {
      ...(digits.length < 8 || digits.length > 20 ? { number: 'cardNumber' } : {}),
      ...(isPin(line.pin) ? {} : { pin: 'pin' }),
    }
  }
  return {
    ...(digits.length < 8 || digits.length > 15 ? { number: 'number' } : {}),
    ...(line.name.trim() === '' ? { name: 'holder' } : {}),
    ...(readBirthDate(line.birthDate) ? {} : { birthDate: 'birthDate' }),
  }
}

/** The number alone, where nothing else is asked for; undefined while it is none. */
export function numberOf(line: TypedLine): Readonly<Record<string, string>> | undefined {
  const { kind, number } = line
  return lineFaults(line).number ? undefined : { kind, number }
}

/** What is encrypted of it; undefined while something is wrong. */
export function callingOf(line: TypedLine): Readonly<Record<string, string>> | undefined {
  if (Object.keys(lineFaults(line)).length > 0) return undefined
  const { kind, number, pin, name, birthDate } = line
  return kind === 'line'
    ? { kind, number, name: name.trim(), birthDate: readBirthDate(birthDate) ?? '' }
    : { kind, number, pin }
}

import type { SavedLine } from '../phone/phone-view'
import { callingOf, isPin } from '../phone/typed-line'
import type { TypedPhone } from './typed-phone'

/** What is encrypted to ask for a code; undefined while something is missing. */
export function wantedLine(
  { line }: TypedPhone,
  saved: SavedLine | undefined,
): Readonly<Record<string, string>> | undefined {
  if (!saved) return callingOf(line)
  if (saved.kind === 'line') return { kind: 'own', lineId: saved.id }
  return isPin(line.pin) ? { kind: 'own', lineId: saved.id, pin: line.pin } : undefined
}

import type { AnyType, Part, Parts, ValueOf } from './schema'
import { escapeXml } from './xml'

/**
 * Writes a message by its description.
 * @param prefix of the message's namespace, bound by whoever writes what is around it
 */
export function writeMessage<P extends Parts>(prefix: string, name: string, parts: P, value: ValueOf<P>): string {
  return `<${prefix}:${name}>${writeParts(parts, value, `${prefix}:`)}</${prefix}:${name}>`
}

/** Parts as they stand inside something else; the prefix goes before each name. */
export function writeParts(parts: Parts, value: Readonly<Record<string, unknown>>, prefix: string): string {
  return Object.entries(parts)
    .map(([name, part]) => writePart(`${prefix}${name}`, part, value[name]))
    .join('')
}

function writePart(name: string, { type }: Part, value: unknown): string {
  if (value === undefined) return ''
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.map((one) => `<${name}>${writeValue(type as AnyType, one)}</${name}>`).join('')
}

function writeValue(type: AnyType, value: unknown): string {
  switch (type.kind) {
    case 'struct':
      return writeParts(type.parts, value as Readonly<Record<string, unknown>>, '')
    case 'enum':
      return escapeXml(String(value))
    case 'simple':
      return escapeXml((type.write as (value: unknown) => string)(value))
  }
}

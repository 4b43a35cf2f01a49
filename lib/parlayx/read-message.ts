import { serviceException } from './faults'
import type { AnyType, Part, Parts, ValueOf } from './schema'
import type { XmlElement } from './xml'

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

/**
 * Reads the parts of a message by its description. The order of parts is not looked at: it says nothing. A part that is
 * not described, stands twice, is missing or is not of its type is refused by its name (P10.1).
 * @param namespaces in any of which the parts may stand
 * @throws ParlayFault SVC0002
 */
export function readParts<P extends Parts>(element: XmlElement, parts: P, ...namespaces: string[]): ValueOf<P> {
  if (element.text.trim() !== '') throw invalid(element.name)
  for (const { name, namespace: own } of element.children) {
    if (!Object.hasOwn(parts, name) || !namespaces.includes(own)) throw invalid(name)
  }
  const entries = Object.entries(parts).map(([name, part]): [string, unknown] => {
    const found = element.children.filter((child) => child.name === name)
    return [name, readPart(name, part, found, namespaces)]
  })
  // Every part was read by the description from which the type of the whole is made.
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as ValueOf<P>
}

function readPart(
  name: string,
  { type, occurs }: Part,
  found: readonly XmlElement[],
  namespaces: readonly string[],
): unknown {
  const isList = occurs === 'some' || occurs === 'any'
  if (!isList && found.length > 1) throw invalid(name)
  if ((occurs === 'once' || occurs === 'some') && found.length === 0) throw invalid(name)
  const values = found.map((element) => readValue(name, type as AnyType, element, namespaces))
  return isList ? values : values[0]
}

function readValue(name: string, type: AnyType, element: XmlElement, around: readonly string[]): unknown {
  assertPlain(name, element)
  // By their schema they stand in none; widespread clients write that of the type, or of what is around it.
  if (type.kind === 'struct') return readParts(element, type.parts, '', type.namespace, ...around)
  if (element.children.length > 0) throw invalid(name)
  // White space around a value means nothing, except in a text.
  const text = type.kind === 'simple' && type.xsd === 'string' ? element.text : element.text.trim()
  const value = type.kind === 'enum' ? type.values.find((known) => known === text) : type.read(text)
  if (value === undefined) throw invalid(name)
  return value
}

/** What a part is, is said by the schema: only its repetition in the message is let pass. */
function assertPlain(name: string, { attributes }: XmlElement): void {
  const others = attributes.filter((attribute) => attribute.namespace !== XSI || attribute.name !== 'type')
  if (others.length > 0) throw invalid(name)
}

function invalid(part: string) {
  return serviceException('SVC0002', part.slice(0, 100))
}

import { clsx } from 'clsx'
import type { ClassValue } from 'clsx'

/**
 * Joins class names; of two that set the same property under the same condition the later one wins, so that a caller's
 * `className` overrides a component's own. It knows the kinds of utilities that are overridden here and leaves all others
 * alone. (The general library for this is nine kilobytes of the checkout's JavaScript.)
 */
export function classNames(...names: ClassValue[]): string {
  const kept: string[] = []
  const taken = new Set<string>()
  for (const name of clsx(...names)
    .split(' ')
    .reverse()) {
    const property = propertyOf(name)
    if (name === '' || (property && taken.has(property))) continue
    if (property) for (const covered of [property, ...coveredBy(property)]) taken.add(covered)
    kept.push(name)
  }
  return kept.reverse().join(' ')
}

const BY_PREFIX =
  /^-?((?:min|max)-[hw]|grid-cols|col-span|gap(?:-[xy])?|inset(?:-[xy])?|overflow(?:-[xy])?|[mp][xytrbl]?|[hwz]|size|top|right|bottom|left|opacity|items|justify|self|leading|tracking|cursor|whitespace|shadow|rounded|bg|fill)-/
const SIZES = /^text-(?:xs|sm|base|lg|[0-9]?xl|\[[0-9.]+(?:rem|px)\])$/
const ALIGNMENTS = /^text-(?:left|center|right)$/
const DISPLAYS = /^(?:block|inline|inline-block|flex|inline-flex|grid|inline-grid|hidden|table|contents)$/
const POSITIONS = /^(?:static|relative|absolute|fixed|sticky)$/

/** What a utility sets, with its condition ("hover:bg"); undefined for one that is never overridden. */
function propertyOf(name: string): string | undefined {
  const at = name.lastIndexOf(':', name.includes('[') ? name.indexOf('[') : name.length) + 1
  const kind = kindOf(name.slice(at))
  return kind && name.slice(0, at) + kind
}

function kindOf(utility: string): string | undefined {
  if (DISPLAYS.test(utility)) return 'display'
  if (POSITIONS.test(utility)) return 'position'
  if (utility.startsWith('text-')) {
    return SIZES.test(utility) ? 'text-size' : ALIGNMENTS.test(utility) ? 'text-align' : 'text-color'
  }
  if (utility.startsWith('font-')) return /^font-(?:sans|mono)$/.test(utility) ? 'font-family' : 'font-weight'
  if (utility.startsWith('ring-'))
    return /^ring-(?:[0-9]|\[)/.test(utility) ? 'ring-width' : utility === 'ring-inset' ? undefined : 'ring-color'
  return BY_PREFIX.exec(utility)?.[1]
}

const COVERS: Readonly<Record<string, string>> = {
  p: 'px py pt pr pb pl',
  px: 'pl pr',
  py: 'pt pb',
  m: 'mx my mt mr mb ml',
  mx: 'ml mr',
  my: 'mt mb',
  size: 'w h',
  gap: 'gap-x gap-y',
  inset: 'inset-x inset-y top right bottom left',
  overflow: 'overflow-x overflow-y',
}

/** What a wider utility sets too: `p-4` after `px-2` leaves nothing of it. */
function coveredBy(property: string): string[] {
  const at = property.lastIndexOf(':') + 1
  const narrower = COVERS[property.slice(at)]?.split(' ') ?? []
  return narrower.map((kind) => property.slice(0, at) + kind)
}

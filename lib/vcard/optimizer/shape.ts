import type { Issue } from './invalid-instance'

/** Looks at one value and, when it is not as it must be, adds what is wrong and where. */
export type Check = (value: unknown, path: string, issues: Issue[]) => void

export interface Shape {
  readonly required: Readonly<Record<string, Check>>
  readonly optional: Readonly<Record<string, Check>>
}

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object with exactly these members. A member that is `undefined` counts as absent. */
export function object({ required, optional }: Shape): Check {
  return (value, path, issues) => {
    if (!isObject(value)) return refuse(issues, path, 'must be an object')
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(required, name) && !Object.hasOwn(optional, name)) {
        refuse(issues, member(path, name), 'is not a member this specification knows')
      }
    }
    for (const name in required) {
      if (absent(value, name)) refuse(issues, member(path, name), 'is missing')
      else required[name]!(value[name], member(path, name), issues)
    }
    for (const name in optional) {
      if (!absent(value, name)) optional[name]!(value[name], member(path, name), issues)
    }
  }
}

export function integer(minimum: number, maximum: number): Check {
  return (value, path, issues) => {
    if (!Number.isInteger(value)) return refuse(issues, path, 'must be an integer')
    inRange(value as number, { minimum, maximum }, path, issues)
  }
}

export function number(minimum: number, maximum: number): Check {
  return (value, path, issues) => {
    if (typeof value !== 'number' || Number.isNaN(value)) return refuse(issues, path, 'must be a number')
    inRange(value, { minimum, maximum }, path, issues)
  }
}

export function text(accepts: (value: string) => boolean, wanted: string): Check {
  return (value, path, issues) => {
    if (typeof value !== 'string' || !accepts(value)) refuse(issues, path, `must be ${wanted}`)
  }
}

export function oneOf(values: readonly string[]): Check {
  return text((value) => values.includes(value), `one of ${values.map((value) => `"${value}"`).join(', ')}`)
}

export function list(item: Check, { minItems = 0, maxItems }: { minItems?: number; maxItems: number }): Check {
  return (value, path, issues) => {
    if (!Array.isArray(value)) return refuse(issues, path, 'must be an array')
    if (value.length < minItems) refuse(issues, path, `must have at least ${minItems} item`)
    if (value.length > maxItems) return refuse(issues, path, `must have at most ${maxItems} items`)
    value.forEach((each, index) => item(each, `${path}/${index}`, issues))
  }
}

/** A list whose items are all different. */
export function distinct(item: Check, bounds: { minItems?: number; maxItems: number }): Check {
  const check = list(item, bounds)
  return (value, path, issues) => {
    check(value, path, issues)
    if (!Array.isArray(value)) return
    value.forEach((each, index) => {
      if (value.indexOf(each) !== index) refuse(issues, `${path}/${index}`, 'is in the list twice')
    })
  }
}

export function refuse(issues: Issue[], path: string, message: string): void {
  issues.push({ path, message })
}

function inRange(
  value: number,
  { minimum, maximum }: { minimum: number; maximum: number },
  path: string,
  issues: Issue[],
): void {
  if (value < minimum) refuse(issues, path, `must be at least ${minimum}`)
  else if (value > maximum) refuse(issues, path, `must be at most ${maximum}`)
}

function absent(value: JsonObject, name: string): boolean {
  return !Object.hasOwn(value, name) || value[name] === undefined
}

/** RFC 6901: in a member's name "~" is written ~0 and "/" is written ~1. */
function member(path: string, name: string): string {
  return `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

import { readDateTime } from './date-time'

/**
 * Messages of the interfaces, each described once: the schema that is published, what is read from a request and what is
 * written into an answer all come from the same description.
 */
export interface SimpleType<Value> {
  readonly kind: 'simple'
  /** The type of XML Schema that the published document names. */
  readonly xsd: string
  /** Undefined: not a value of this type. */
  read(text: string): Value | undefined
  write(value: Value): string
}

/** A text out of a few. */
export interface EnumType<Value extends string> {
  readonly kind: 'enum'
  readonly name: string
  readonly namespace: string
  readonly values: readonly Value[]
}

/** A structure with a name of its own. Its members stand in no namespace, as in all type documents of Parlay X. */
export interface StructType<P extends Parts> {
  readonly kind: 'struct'
  readonly name: string
  readonly namespace: string
  readonly parts: P
}

// Members are known exactly where they are used; here any of them will do.
// eslint cannot tell a parameter that is only ever written from one that is read.
export type AnyType = SimpleType<never> | SimpleType<unknown> | EnumType<string> | StructType<Parts>

/** once: exactly one. optional: at most one. some: one or more. any: as many as there are. */
export type Occurs = 'once' | 'optional' | 'some' | 'any'

export interface Part<T = unknown, O extends Occurs = Occurs> {
  readonly type: T
  readonly occurs: O
}

export type Parts = Readonly<Record<string, Part>>

type ValueOfType<T> =
  T extends SimpleType<infer Value>
    ? Value
    : T extends EnumType<infer Text>
      ? Text
      : T extends StructType<infer P>
        ? ValueOf<P>
        : never

type ValueOfPart<P> =
  P extends Part<infer T, infer O> ? (O extends 'some' | 'any' ? readonly ValueOfType<T>[] : ValueOfType<T>) : never

type Optional<P extends Parts> = { [K in keyof P]: P[K]['occurs'] extends 'optional' ? K : never }[keyof P]

/** What a message with these parts says. */
export type ValueOf<P extends Parts> = { readonly [K in Exclude<keyof P, Optional<P>>]: ValueOfPart<P[K]> } & {
  readonly [K in Optional<P>]?: ValueOfPart<P[K]>
}

const part =
  <O extends Occurs>(occurs: O) =>
  <T>(type: T): Part<T, O> => ({ type, occurs })

export const once = part('once')
export const optional = part('optional')
export const some = part('some')
export const any = part('any')

function text(xsd: string, pattern: RegExp): SimpleType<string> {
  return {
    kind: 'simple',
    xsd,
    read: (written) => (pattern.test(written) ? written : undefined),
    write: (value) => value,
  }
}

// The longest text that any part of a request may have; what it names is bounded besides, where it is understood.
export const string: SimpleType<string> = text('string', /^[^\0]{0,4000}$/su)
export const anyUri: SimpleType<string> = text('anyURI', /^[\x21-\x7e]{1,2048}$/)
/** In one form only (P10.2): no sign, no leading zero, no exponent. Kept as text: it never becomes a float. */
export const decimal: SimpleType<string> = text('decimal', /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?$/)
export const base64: SimpleType<string> = text('base64Binary', /^[A-Za-z0-9+/=\s]{0,65536}$/)
/** A balance may be owed, so decimals that we write may have a sign. */
export const signedDecimal: SimpleType<string> = text('decimal', /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?$/)

export const int: SimpleType<number> = {
  kind: 'simple',
  xsd: 'int',
  read: (written) => (/^(?:0|[1-9][0-9]{0,8})$/.test(written) ? Number(written) : undefined),
  write: String,
}

export const long: SimpleType<bigint> = {
  kind: 'simple',
  xsd: 'long',
  read: (written) => (/^(?:0|[1-9][0-9]{0,17})$/.test(written) ? BigInt(written) : undefined),
  write: String,
}

export const dateTime: SimpleType<Date> = {
  kind: 'simple',
  xsd: 'dateTime',
  read: readDateTime,
  write: (value) => value.toISOString(),
}

export function struct<const P extends Parts>(namespace: string, name: string, parts: P): StructType<P> {
  return { kind: 'struct', name, namespace, parts }
}

export function oneOf<const Value extends string>(
  namespace: string,
  name: string,
  values: readonly Value[],
): EnumType<Value> {
  return { kind: 'enum', name, namespace, values }
}

/** One operation: what goes in and what comes back. */
export interface Operation<In extends Parts = Parts, Out extends Parts = Parts> {
  readonly input: In
  readonly output: Out
}

export function operation<const In extends Parts, const Out extends Parts>(input: In, output: Out): Operation<In, Out> {
  return { input, output }
}

export type Operations = Readonly<Record<string, Operation>>

/** One interface of Parlay X, as its WSDL describes it. */
export interface Interface<Name extends string = string, O extends Operations = Operations> {
  /** The port type, and the last part of the address: AmountCharging. */
  readonly name: Name
  /** Without its /interface and /service. */
  readonly wsdlNamespace: string
  /** Of its messages. */
  readonly localNamespace: string
  /** Whether the two common exceptions may be answered; the interfaces that applications offer have none. */
  readonly hasFaults: boolean
  readonly operations: O
}

export function soapInterface<const Name extends string, const O extends Operations>(
  described: Omit<Interface<Name, O>, 'hasFaults'> & { readonly hasFaults?: boolean },
): Interface<Name, O> {
  return { hasFaults: true, ...described }
}

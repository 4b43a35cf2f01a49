import type { z } from 'zod'
import type { Locale } from '../payments/payment'

/** What can be wrong with one field, and how its caller is told. Schemas name these codes as their messages. */
export const fieldTexts = {
  required: { ko: '꼭 필요한 항목입니다.', en: 'This member is required.' },
  'unknown-member': { ko: '알 수 없는 항목입니다.', en: 'This member is not known here.' },
  'wrong-type': { ko: '값의 종류가 다릅니다.', en: 'The value has the wrong type.' },
  'not-one-of': { ko: '정해진 값 중 하나가 아닙니다.', en: 'The value is not one of those allowed.' },
  'too-long': { ko: '너무 깁니다.', en: 'The text is too long.' },
  'too-short': { ko: '너무 짧습니다.', en: 'The text is too short.' },
  'too-many': { ko: '개수가 너무 많습니다.', en: 'There are too many of them.' },
  'too-few': { ko: '개수가 너무 적습니다.', en: 'There are too few of them.' },
  'too-large': { ko: '값이 너무 큽니다.', en: 'The number is too large.' },
  'too-small': { ko: '값이 너무 작습니다.', en: 'The number is too small.' },
  'bad-member-name': { ko: '쓸 수 없는 이름입니다.', en: 'A member may not have this name.' },
  'bad-format': { ko: '형식이 올바르지 않습니다.', en: 'The value does not have the documented form.' },
  'control-characters': { ko: '제어 문자를 쓸 수 없습니다.', en: 'Control characters are not allowed.' },
  blank: { ko: '내용이 있어야 합니다.', en: 'The text must not be blank.' },
  'amount-form': {
    ko: '금액은 최소 화폐 단위의 정수를 문자열로, 앞의 0이나 부호 없이 써 주세요. 예: "12000"',
    en: 'Write the amount as a string of whole minor units, without sign or leading zero, such as "12000".',
  },
  'currency-not-accepted': { ko: '이 상점이 받지 않는 통화입니다.', en: 'This merchant does not accept the currency.' },
  'items-differ': {
    ko: '품목 금액의 합이 결제 금액과 다릅니다.',
    en: 'The items do not add up to the amount.',
  },
  'currency-differs': { ko: '결제의 통화와 다릅니다.', en: 'The payment has another currency.' },
  'address-not-registered': {
    ko: '등록된 반환 주소와 정확히 같아야 합니다.',
    en: 'The address must be exactly one of those registered for this merchant.',
  },
  'not-in-the-future': {
    ko: '만료 시각은 1분 뒤부터 7일 뒤 사이여야 합니다.',
    en: 'The time must be 1 minute to 7 days from now.',
  },
  'in-the-future': { ko: '아직 오지 않은 시각입니다.', en: 'The time has not come yet.' },
  'needs-confirmation-address': {
    ko: '먼저 개발자 메뉴에서 확인 주소를 등록해 주세요.',
    en: 'Register a confirmation address in the portal first.',
  },
  'needs-signature-key': {
    ko: '먼저 개발자 메뉴에서 서명 키를 등록해 주세요.',
    en: 'Register a signature key in the portal first.',
  },
  'said-twice': { ko: '같은 것을 두 번 정했습니다.', en: 'The same is said twice.' },
  'too-few-people': {
    ko: '승인할 수 있는 담당자가 그만큼 없습니다.',
    en: 'The shop has not so many people who may approve.',
  },
  'address-not-callable': {
    ko: '공개된 https 주소여야 합니다.',
    en: 'It must be an https address that is public.',
  },
  'bad-card-number': { ko: '카드 번호가 올바르지 않습니다.', en: 'This is not a card number.' },
  'bad-expiry': { ko: '유효 기간은 YYMM 네 자리입니다. 예: "2912"', en: 'Write the expiry as YYMM, such as "2912".' },
  'card-expired': { ko: '유효 기간이 지난 카드입니다.', en: 'The card has expired.' },
  'means-not-accepted': {
    ko: '이 상점에서 쓸 수 없는 결제 수단입니다.',
    en: 'This means cannot be used at this merchant.',
  },
  'no-such-leg': { ko: '이 결제에 없는 수단입니다.', en: 'The payment has no such leg.' },
  'no-such-item': { ko: '이 주문에 없는 품목입니다.', en: 'The order has no such line.' },
  'fee-agreed': {
    ko: '수수료는 운영자와의 계약으로 정합니다.',
    en: 'The fee is agreed on with the operator.',
  },
  'not-together': { ko: '이 값들은 함께 쓸 수 없습니다.', en: 'These members cannot be used together.' },
} as const satisfies Record<string, Record<Locale, string>>

export type FieldCode = keyof typeof fieldTexts

/** One wrong field: a JSON pointer (RFC 6901) into the body, or the name of a query parameter. */
export interface FieldError {
  readonly in: 'body' | 'query'
  readonly path: readonly PropertyKey[]
  readonly code: FieldCode
  readonly allowed?: readonly string[]
}

/** A wrong member of the body, for rules that only a handler can check. */
export function wrongMember(path: readonly PropertyKey[], code: FieldCode): FieldError {
  return { in: 'body', path, code }
}

// A caller who got twenty things wrong has enough to mend; a longer answer only costs.
const MOST_ERRORS = 20
const LONGEST_POINTER = 200

/** A field error as it stands in a problem document. */
export function describeField(error: FieldError, language: Locale): Record<string, unknown> {
  const place =
    error.in === 'query'
      ? { parameter: String(error.path[0] ?? '').slice(0, LONGEST_POINTER) }
      : { pointer: pointerOf(error.path).slice(0, LONGEST_POINTER) }
  return {
    ...place,
    code: error.code,
    detail: fieldTexts[error.code][language],
    ...(error.allowed && { allowed: error.allowed }),
  }
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Tells what a schema refused in our own words, without ever repeating a value. */
export function fieldErrorsOf(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  where: 'body' | 'query',
): FieldError[] {
  return issues.flatMap((issue) => translate(issue, input, where)).slice(0, MOST_ERRORS)
}

function translate(issue: z.core.$ZodIssue, input: unknown, where: 'body' | 'query'): FieldError[] {
  const one = (code: FieldCode, allowed?: readonly string[]): FieldError[] => [
    { in: where, path: issue.path, code, ...(allowed && { allowed }) },
  ]
  if (isFieldCode(issue.message)) return one(issue.message)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ in: where, path: [...issue.path, key], code: 'unknown-member' }))
    case 'invalid_type':
      return one(valueAt(input, issue.path) === undefined ? 'required' : 'wrong-type')
    case 'invalid_value':
      return valueAt(input, issue.path) === undefined ? one('required') : one('not-one-of', issue.values.map(String))
    case 'invalid_union':
      return one(valueAt(input, issue.path) === undefined ? 'required' : 'not-one-of')
    case 'too_big':
      return one(tooMuch(issue.origin))
    case 'too_small':
      return one(tooLittle(issue.origin))
    case 'invalid_key':
      return one('bad-member-name')
    default:
      return one('bad-format')
  }
}

function tooMuch(origin: string): FieldCode {
  return origin === 'string' ? 'too-long' : origin === 'array' ? 'too-many' : 'too-large'
}

function tooLittle(origin: string): FieldCode {
  return origin === 'string' ? 'too-short' : origin === 'array' ? 'too-few' : 'too-small'
}

function isFieldCode(message: string): message is FieldCode {
  return Object.hasOwn(fieldTexts, message)
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<PropertyKey, unknown>)[part]
  }
  return value
}

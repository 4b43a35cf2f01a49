import type { FieldError } from './field-errors'

interface Kind {
  readonly status: number
  readonly ko: readonly [title: string, whatToDo: string]
  readonly en: readonly [title: string, whatToDo: string]
}

/**
 * Every error the API answers with: its code, its HTTP status (PROMISES 10.6), and what the caller is told in either
 * language. Published codes never change meaning. A declined payment is a result and stands in the payment, not here.
 */
export const errorTable = {
  'malformed-json': {
    status: 400,
    ko: ['JSON 형식이 올바르지 않습니다', '요청 본문을 올바른 JSON 문서 하나로 보내 주세요.'],
    en: ['The body is not well-formed JSON', 'Send exactly one well-formed JSON document as the body.'],
  },
  'bad-text': {
    status: 400,
    ko: ['문자를 읽을 수 없습니다', '본문을 BOM 없는 UTF-8로 보내고 NUL 문자와 짝 없는 서로게이트를 빼 주세요.'],
    en: [
      'The body is not proper text',
      'Send UTF-8 without a byte order mark, without NUL and without lone surrogates.',
    ],
  },
  'duplicate-member': {
    status: 400,
    ko: ['같은 항목이 두 번 있습니다', '한 객체 안에서 같은 이름은 한 번만 써 주세요.'],
    en: ['A member appears twice', 'Use each member name at most once in an object.'],
  },
  'forbidden-member': {
    status: 400,
    ko: ['쓸 수 없는 항목 이름입니다', '본문에서 __proto__ 항목을 빼 주세요.'],
    en: ['A member has a forbidden name', 'Remove the member __proto__ from the body.'],
  },
  'too-deep': {
    status: 400,
    ko: ['JSON이 너무 깊습니다', '객체와 배열은 32단계까지만 겹칠 수 있습니다.'],
    en: ['The JSON is nested too deeply', 'Nest objects and arrays at most 32 deep.'],
  },
  'idempotency-key-missing': {
    status: 400,
    ko: [
      'Idempotency-Key 헤더가 없습니다',
      '돈이 움직이는 요청마다 새 Idempotency-Key를 붙이고, 다시 보낼 때는 같은 값을 써 주세요.',
    ],
    en: [
      'The Idempotency-Key header is missing',
      'Add a new Idempotency-Key to each request that moves money, and keep it when you repeat the request.',
    ],
  },
  'idempotency-key-malformed': {
    status: 400,
    ko: ['Idempotency-Key 형식이 올바르지 않습니다', '공백 없이 보이는 ASCII 문자 1~255자를 한 번만 보내 주세요.'],
    en: ['The Idempotency-Key is malformed', 'Send it once, with 1 to 255 visible ASCII characters and no space.'],
  },
  unauthenticated: {
    status: 401,
    ko: [
      '인증되지 않았습니다',
      'Authorization 헤더에 "Bearer <API 키>"를 보내 주세요. 키가 폐기되지 않았는지도 확인해 주세요.',
    ],
    en: ['Not authenticated', 'Send "Authorization: Bearer <API key>" with a key that has not been revoked.'],
  },
  'signature-refused': {
    status: 401,
    ko: ['서명을 확인할 수 없습니다', '등록된 유효한 키로, 이 요청을 위해 방금 서명한 메시지를 보내 주세요.'],
    en: [
      'The signature is refused',
      'Send a message signed just now, for this purpose, with a registered and valid key.',
    ],
  },
  forbidden: {
    status: 403,
    ko: ['권한이 없습니다', '이 일을 할 수 있는 역할로 요청해 주세요.'],
    en: ['Not allowed', 'Ask with a role that may do this.'],
  },
  'test-key': {
    status: 403,
    ko: [
      '실제로 결제되는 곳에서는 테스트 키를 쓸 수 없습니다',
      '실거래 키로 요청해 주세요. 테스트 키는 데모 설치에서만 열립니다.',
    ],
    en: ['A test key where payments are real', 'Ask with a live key. Test keys open demo installations only.'],
  },
  'shop-suspended': {
    status: 403,
    ko: [
      '운영자가 상점을 정지했습니다',
      '새 결제는 시작할 수 없습니다. 진행 중인 결제와 환불은 그대로 처리됩니다. 운영자에게 문의해 주세요.',
    ],
    en: [
      'The operator has suspended the shop',
      'No payment can begin. Payments under way and refunds go on. Ask the operator of this gateway.',
    ],
  },
  'signature-required': {
    status: 403,
    ko: [
      '이 계약에서는 서명된 메시지가 필요합니다',
      '취소와 환불은 서명된 payment.cancel 메시지로, 결제 링크는 상점의 서명으로 보내 주세요. 계약은 GET /api/v1/contract에 있습니다.',
    ],
    en: [
      'Your contract asks for a signed message',
      'Cancel and refund by a signed payment.cancel, and sign checkout links yourself. GET /api/v1/contract shows the contract.',
    ],
  },
  'contract-not-ready': {
    status: 409,
    ko: [
      '계약을 지킬 준비가 되지 않았습니다',
      '서명 키, 확인 주소, 서버 인증서의 인증기관을 포털에서 먼저 등록해 주세요.',
    ],
    en: [
      'You are not ready for this contract yet',
      'Register a signature key, a confirmation address or your server’s authority in the portal first.',
    ],
  },
  'not-found': {
    status: 404,
    ko: ['찾을 수 없습니다', '주소와 식별자를 확인해 주세요.'],
    en: ['Not found', 'Check the address and the identifier.'],
  },
  'method-not-allowed': {
    status: 405,
    ko: ['이 주소에서 쓸 수 없는 메서드입니다', 'Allow 헤더에 있는 메서드를 써 주세요.'],
    en: ['Method not allowed', 'Use one of the methods in the Allow header.'],
  },
  'order-taken': {
    status: 409,
    ko: [
      '이 주문에는 이미 결제가 있습니다',
      '진행 중이거나 끝난 결제를 조회해 주세요. 실패한 뒤에는 다시 만들 수 있습니다.',
    ],
    en: [
      'This order has a payment already',
      'Look at the payment that is open or paid; a new one can be made after that one has failed.',
    ],
  },
  'request-in-progress': {
    status: 409,
    ko: ['같은 요청을 처리하고 있습니다', '잠시 후 같은 Idempotency-Key로 다시 보내 주세요.'],
    en: ['The first request is still running', 'Repeat it with the same Idempotency-Key in a moment.'],
  },
  'subscription-state': {
    status: 409,
    ko: ['구독의 지금 상태에서는 할 수 없습니다', '구독을 조회해 상태를 확인해 주세요.'],
    en: ['The subscription cannot do that as it stands', 'Retrieve the subscription and look at its state.'],
  },
  'charge-under-way': {
    status: 409,
    ko: ['결제를 확인하는 중입니다', '잠시 뒤에 다시 요청해 주세요.'],
    en: ['A charge is being checked', 'Try again in a moment.'],
  },
  'needs-consent': {
    status: 409,
    ko: ['구독자만 동의할 수 있습니다', '구독자에게 내 모아에서 바꿔 달라고 안내해 주세요.'],
    en: ['Only the subscriber may agree to that', 'Ask the subscriber to do it in My Moa.'],
  },
  'not-capturable': {
    status: 409,
    ko: ['지금은 매입할 수 없는 결제입니다', '승인되어 매입을 기다리는 결제만 매입할 수 있습니다.'],
    en: [
      'The payment cannot be captured now',
      'Only a payment that is authorized and waits for capture can be captured.',
    ],
  },
  'not-approved-yet': {
    status: 409,
    ko: ['담당자의 승인을 기다리는 결제입니다', '가맹점 포털에서 담당자가 승인한 뒤에 매입할 수 있습니다.'],
    en: ['The payment waits for approval', 'It can be captured once the shop’s people have approved it in the portal.'],
  },
  'capture-denied': {
    status: 409,
    ko: ['매입 전 확인에서 거절되었습니다', '상점의 훅이 허락하지 않았습니다. 결제는 승인된 채로 있습니다.'],
    en: ['The capture was denied', 'Your own hook did not allow it. The payment is held still.'],
  },
  'not-awaited': {
    status: 409,
    ko: ['지로로 기다리는 금액이 없는 결제입니다', '받을 금액이 남아 있는지 결제를 조회해 주세요.'],
    en: ['Nothing of the payment is awaited by giro', 'Look whether anything of it is still owed.'],
  },
  'consent-revoked': {
    status: 403,
    ko: ['구매자가 주소 열람 동의를 거두었습니다', '배송지가 더 필요하면 구매자에게 직접 문의해 주세요.'],
    en: ['The shopper has taken the consent back', 'Ask the shopper if you need the address still.'],
  },
  'not-shippable': {
    status: 409,
    ko: ['배송을 알릴 수 없는 결제입니다', '승인되었거나 결제가 끝난 주문만 배송을 알릴 수 있습니다.'],
    en: ['The order cannot be shipped', 'Only an order that is paid, accepted or held can be shipped.'],
  },
  'not-cancellable': {
    status: 409,
    ko: ['지금은 취소할 수 없는 결제입니다', '결제의 현재 상태를 조회해 주세요.'],
    en: ['The payment cannot be cancelled now', 'Look at the state of the payment.'],
  },
  'not-refundable': {
    status: 409,
    ko: ['지금은 환불할 수 없는 결제입니다', '결제가 끝났고 돌려줄 금액이 남아 있는지 확인해 주세요.'],
    en: ['The payment cannot be refunded now', 'Check that it is paid and that something of it is left to give back.'],
  },
  'refund-exceeds': {
    status: 409,
    ko: ['남은 금액보다 많이 환불할 수 없습니다', '이미 환불한 금액을 뺀 나머지까지만 환불할 수 있습니다.'],
    en: ['The refund is larger than what is left', 'Refund at most what was paid less what was refunded already.'],
  },
  'dispute-not-open': {
    status: 409,
    ko: ['지금은 답할 수 없는 이의 제기입니다', '이의 제기의 현재 상태를 조회해 주세요. 끝난 것에는 답할 수 없습니다.'],
    en: ['The dispute cannot be answered now', 'Look at the state of the dispute; one that is over takes no answer.'],
  },
  'refund-not-allowed': {
    status: 409,
    ko: ['상점의 환불 규칙에 맞지 않습니다', '결제 수단과 상품군의 환불 규칙, 환불할 수 있는 기간을 확인해 주세요.'],
    en: [
      'The refund rules of the merchant do not allow it',
      'Look at the refund rules of the means and product groups, and at how long refunds can be asked for.',
    ],
  },
  'refund-needs-approval': {
    status: 409,
    ko: ['사람이 승인해야 하는 환불입니다', '가맹점 포털에서 대표나 직원이 환불해 주세요.'],
    en: ['A person has to agree to the refund', 'Let an owner or staff give it back in the merchant portal.'],
  },
  'request-closed': {
    status: 409,
    ko: ['이미 처리된 환불 요청입니다', '환불 요청을 다시 읽어 상태를 확인해 주세요.'],
    en: ['The refund request is closed already', 'Read the request again to see what came of it.'],
  },
  'grant-refused': {
    status: 403,
    ko: [
      '구매자의 허락을 확인할 수 없습니다',
      'Shopper-Grant 헤더에 구매자가 이 상점에 준 유효한 허락(vcg_…)을 보내 주세요. 끝났다면 구매자에게 다시 받아 주세요.',
    ],
    en: [
      'The shopper’s grant is refused',
      'Send in Shopper-Grant the grant (vcg_…) that the shopper gave this merchant; if it has ended, ask the shopper for a new one.',
    ],
  },
  'grant-exceeded': {
    status: 409,
    ko: ['구매자가 허락한 금액을 넘습니다', '남은 금액과 통화 안에서 요청하거나 구매자에게 새 허락을 받아 주세요.'],
    en: [
      'It is more than the shopper’s grant allows',
      'Stay within what is left of it, in its currency, or ask the shopper for a new one.',
    ],
  },
  'cards-cannot-carry': {
    status: 409,
    ko: ['구매자의 카드로 지금은 낼 수 없는 금액입니다', '금액을 줄이거나 잠시 후 다시 시도해 주세요.'],
    en: ['The shopper’s cards cannot carry the amount now', 'Try a smaller amount, or try again later.'],
  },
  'reservation-closed': {
    status: 409,
    ko: ['이미 끝난 예약입니다', '남은 금액이 없거나 해제되었거나 만료된 예약입니다. 새로 예약해 주세요.'],
    en: ['The reservation is closed', 'It was charged, released or has expired; make a new one.'],
  },
  'reservation-exceeded': {
    status: 409,
    ko: ['예약한 금액보다 많습니다', '예약에 남은 금액까지만 청구할 수 있습니다.'],
    en: ['It is more than the reservation holds', 'Charge at most what is left of the reservation.'],
  },
  'charge-refund-exceeds': {
    status: 409,
    ko: ['남은 금액보다 많이 환불할 수 없습니다', '이미 돌려준 금액을 뺀 나머지까지만 환불할 수 있습니다.'],
    en: [
      'The refund is larger than what is left of the charge',
      'Refund at most what was charged less what went back.',
    ],
  },
  'vcard-not-live': {
    status: 409,
    ko: ['이미 끝난 V-Card입니다', '쓰였거나 취소되었거나 만료된 V-Card는 취소할 수 없습니다.'],
    en: ['The V-Card has ended', 'A V-Card that is spent, cancelled or expired cannot be cancelled.'],
  },
  'too-many-requests': {
    status: 429,
    ko: ['요청이 너무 잦습니다', 'Retry-After 뒤에 다시 보내 주세요.'],
    en: ['Too many requests', 'Come back after Retry-After.'],
  },
  'request-timeout': {
    status: 408,
    ko: ['요청이 너무 느립니다', '헤더는 10초, 요청 전체는 30초 안에 보내 주세요.'],
    en: ['The request took too long to arrive', 'Send the headers within 10 seconds and the whole request within 30.'],
  },
  'malformed-request': {
    status: 400,
    ko: ['HTTP 요청이 올바르지 않습니다', '올바른 HTTP/1.1 요청을 보내 주세요.'],
    en: ['Not a proper HTTP request', 'Send a well-formed HTTP/1.1 request.'],
  },
  'too-large': {
    status: 413,
    ko: ['요청이 너무 큽니다', '본문은 64KiB까지 보낼 수 있습니다.'],
    en: ['The body is too large', 'Send at most 64 KiB.'],
  },
  'headers-too-large': {
    status: 431,
    ko: ['헤더가 너무 큽니다', '헤더는 모두 합쳐 16KiB까지 보낼 수 있습니다.'],
    en: ['The headers are too large', 'Send at most 16 KiB of headers.'],
  },
  'wrong-content-type': {
    status: 415,
    ko: ['지원하지 않는 형식입니다', 'Content-Type: application/json 으로, 압축하지 않고 보내 주세요.'],
    en: ['Unsupported content type', 'Send Content-Type: application/json, not compressed.'],
  },
  'invalid-input': {
    status: 422,
    ko: ['받아들일 수 없는 값이 있습니다', 'errors에 적힌 항목을 고쳐서 다시 보내 주세요.'],
    en: ['Some of the input is not acceptable', 'Mend what stands in errors and send it again.'],
  },
  'idempotency-key-reused': {
    status: 422,
    ko: ['Idempotency-Key가 다른 요청에 쓰였습니다', '다른 요청에는 새 Idempotency-Key를 써 주세요.'],
    en: ['The Idempotency-Key belongs to another request', 'Use a new Idempotency-Key for a different request.'],
  },
  overloaded: {
    status: 503,
    ko: ['지금 요청이 너무 많습니다', 'Retry-After 뒤에 같은 Idempotency-Key로 다시 보내 주세요.'],
    en: ['Too many requests at this moment', 'Repeat it after Retry-After, with the same Idempotency-Key.'],
  },
  unavailable: {
    status: 503,
    ko: ['잠시 이용할 수 없습니다', 'Retry-After 뒤에 같은 Idempotency-Key로 다시 보내 주세요.'],
    en: ['Temporarily unavailable', 'Repeat it after Retry-After, with the same Idempotency-Key.'],
  },
  internal: {
    status: 500,
    ko: ['처리하지 못했습니다', '같은 Idempotency-Key로 다시 보내 주세요. 계속되면 correlationId를 알려 주세요.'],
    en: [
      'Something went wrong on our side',
      'Repeat it with the same Idempotency-Key; if it stays, tell us the correlationId.',
    ],
  },
} as const satisfies Record<string, Kind>

export type ErrorCode = keyof typeof errorTable

export const errorCodes = Object.keys(errorTable) as ErrorCode[]

/** What an error carries beside its code. */
export interface ErrorFacts {
  /** Which fields are wrong, with `invalid-input`. */
  readonly errors?: readonly FieldError[]
  /** The payment that is in the way, with `order-taken`. */
  readonly paymentId?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A caller's mistake, or a moment at which we cannot serve: thrown by handlers, answered as a problem document. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number

  constructor(
    readonly code: ErrorCode,
    readonly facts: ErrorFacts = {},
  ) {
    super(code)
    this.status = errorTable[code].status
  }
}

import type { Locale } from '../payments/payment'

export interface ConsentFacts {
  readonly shop: string
  /** Who collects, and by which identifier the payer's bank knows it. */
  readonly creditor: string
  readonly creditorId: string
  readonly kind: 'one-off' | 'recurring'
}

/**
 * The words to which a shopper agrees, as they are shown, signed and kept. Whoever changes them changes what is agreed to
 * from then on; what was agreed to before is kept as it was.
 */
export function consentText(locale: Locale, { shop, creditor, creditorId, kind }: ConsentFacts): string {
  if (locale === 'ko') {
    return kind === 'one-off'
      ? `${creditor}(식별번호 ${creditorId})가 ${shop}의 이 주문 금액을 내 계좌에서 한 번 출금하는 것에 동의하고, 내 은행이 그 요청에 따라 이체하도록 위임합니다. 출금 전에 메일로 안내를 받습니다.`
      : `${creditor}(식별번호 ${creditorId})가 ${shop}에서 내가 주문한 금액을 내 계좌에서 출금하는 것에 동의하고, 내 은행이 그 요청에 따라 이체하도록 위임합니다. 출금 전마다 메일로 안내를 받고, 마이 모아에서 언제든지 해지할 수 있습니다.`
  }
  return kind === 'one-off'
    ? `I authorize ${creditor} (creditor ${creditorId}) to collect the amount of this order at ${shop} from my account once, and my bank to transfer it on that request. I am told by mail before it is collected.`
    : `I authorize ${creditor} (creditor ${creditorId}) to collect what I order at ${shop} from my account, and my bank to transfer it on these requests. I am told by mail before each collection and can revoke this in My Moa at any time.`
}

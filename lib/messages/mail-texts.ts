import type { DeclineReason } from '../payments/decline-reason'
import type { Locale } from '../payments/payment'
import type { StaffOccasion } from '../payments/payment-plan'
import type { PaidOutBy } from './message'

export interface MailTexts {
  readonly receipt: { title: string; lead: string }
  readonly refund: { title: string; lead: string }
  readonly failed: { title: string; lead: string }
  readonly paidOut: { title: string; lead: string; to: Readonly<Record<PaidOutBy, string>> }
  readonly awaiting: { title: string; lead: string }
  readonly refundAsked: { title: string; lead: string }
  readonly refundDeclined: { title: string; lead: string }
  readonly vcard: Readonly<Record<'used' | 'held' | 'declined', { title: string; lead: string }>>
  readonly staff: Readonly<Record<StaffOccasion, { title: string; lead: string }>> & { readonly footer: string }
  readonly debit: Readonly<Record<'notice' | 'again' | 'refused' | 'returned', { title: string; lead: string }>>
  readonly endpoint: { title: string; lead: Readonly<Record<'gone' | 'keeps-failing', string>>; todo: string }
  readonly labels: Readonly<
    Record<
      | 'shop'
      | 'order'
      | 'item'
      | 'orderRef'
      | 'payment'
      | 'amount'
      | 'refunded'
      | 'asked'
      | 'answer'
      | 'at'
      | 'means'
      | 'vcardApproval'
      | 'reason'
      | 'url'
      | 'collected'
      | 'collectOn'
      | 'account'
      | 'mandate'
      | 'creditor',
      string
    >
  >
  readonly modules: Readonly<Record<string, string>>
  readonly otherModule: string
  readonly ending: string
  /** Of a card's issuer. */
  readonly approval: string
  readonly reasons: Readonly<Record<DeclineReason, string>>
  readonly footer: string
  readonly vcardFooter: string
}

export const mailTexts: Readonly<Record<Locale, MailTexts>> = {
  ko: {
    receipt: { title: '결제 영수증', lead: '결제가 완료되었어요.' },
    refund: { title: '환불 안내', lead: '환불이 처리되었어요. 카드사에 따라 며칠 뒤에 반영될 수 있어요.' },
    failed: { title: '결제가 완료되지 않았어요', lead: '결제가 완료되지 않았고, 청구된 금액은 없어요.' },
    paidOut: {
      title: '환불금을 보내 드렸어요',
      lead: '전화요금으로 이미 낸 금액이라 따로 보내 드렸어요.',
      to: { bank: '은행 송금 번호', 'micro-account': '소액 결제 계정' },
    },
    awaiting: {
      title: '주문이 접수되었어요',
      lead: '주문이 접수되었어요. 나중에 내기로 하신 금액을 받으면 결제가 끝나고 영수증을 보내 드려요.',
    },
    refundAsked: { title: '환불 요청이 접수되었어요', lead: '환불 요청을 상점에 전했어요. 상점이 답하면 알려 드려요.' },
    refundDeclined: { title: '환불 요청이 거절되었어요', lead: '상점이 환불 요청을 받아들이지 않았어요.' },
    vcard: {
      used: { title: 'V-Card가 쓰였어요', lead: '회원님의 V-Card로 결제되었어요.' },
      held: {
        title: 'V-Card가 쓰였어요',
        lead: '회원님의 V-Card로 승인되었어요. 상점이 매입하면 청구돼요.',
      },
      declined: {
        title: 'V-Card 결제가 되지 않았어요',
        lead: '회원님의 V-Card로 결제하려고 했지만 되지 않았고, 청구된 금액은 없어요. 이 V-Card는 더 쓸 수 없어요.',
      },
    },
    staff: {
      paid: { title: '결제가 완료되었어요', lead: '주문 결제가 끝났어요.' },
      failed: { title: '결제가 되지 않았어요', lead: '이 주문은 결제되지 않았고, 청구된 금액은 없어요.' },
      authorized: { title: '승인되어 매입을 기다려요', lead: '금액이 승인되었고 아직 매입하지 않았어요.' },
      awaiting: { title: '주문이 접수되었어요', lead: '나머지 금액은 나중에 들어와요.' },
      refunded: { title: '환불이 처리되었어요', lead: '이 주문의 환불이 끝났어요.' },
      'approval-needed': {
        title: '승인해 주세요',
        lead: '이 결제는 담당자가 승인해야 매입돼요. 가맹점 포털의 결제 승인 메뉴에서 확인해 주세요.',
      },
      footer: '가맹점의 결제 흐름 설정에 따라 보낸 메일이에요.',
    },
    debit: {
      notice: {
        title: '출금 예정 안내',
        lead: '동의하신 대로 아래 금액이 회원님의 계좌에서 출금될 예정이에요. 출금일까지 잔액을 확인해 주세요.',
      },
      again: {
        title: '출금하지 못해 다시 시도해요',
        lead: '계좌에서 출금하지 못했어요. 아래 날짜에 다시 출금할 예정이니 잔액을 확인해 주세요.',
      },
      refused: {
        title: '출금하지 못했어요',
        lead: '은행이 출금하지 않아 주문이 결제되지 않았어요. 빠져나간 금액은 없어요.',
      },
      returned: {
        title: '출금이 취소되었어요',
        lead: '결제된 뒤에 은행이 출금을 되돌려, 아래 금액이 회원님의 계좌로 돌아갔어요. 주문에 대해서는 상점에 문의해 주세요.',
      },
    },
    endpoint: {
      title: '웹훅 주소가 꺼졌어요',
      lead: {
        gone: '아래 웹훅 주소가 더는 없다고(410) 답해서 전송을 멈췄어요.',
        'keeps-failing': '아래 웹훅 주소로 며칠 동안 전송하지 못해서 전송을 멈췄어요.',
      },
      todo: '주소를 고친 뒤 가맹점 포털의 개발자 메뉴에서 다시 켜고, 놓친 알림을 다시 보내 주세요.',
    },
    labels: {
      shop: '상점',
      order: '주문',
      item: '품목',
      orderRef: '주문 번호',
      payment: '결제 번호',
      amount: '결제 금액',
      refunded: '환불 금액',
      asked: '요청 금액',
      answer: '상점의 답',
      at: '일시',
      means: '결제 수단',
      vcardApproval: 'V-Card 승인번호',
      reason: '사유',
      url: '주소',
      collected: '출금 금액',
      collectOn: '출금 예정일',
      account: '계좌',
      mandate: '동의 번호',
      creditor: '출금 기관',
    },
    modules: {
      card: '카드',
      vcard: 'V-Card',
      'bank-transfer': '계좌이체',
      'direct-debit': '자동출금',
      'micro-account': '소액결제 계정',
      'e-cash': '모아캐시',
      giro: '지로(은행 납부)',
      'cash-on-delivery': '배송 시 현금',
    },
    otherModule: '그 밖의 수단',
    ending: '끝자리',
    approval: '승인번호',
    reasons: {
      declined: '카드사가 승인하지 않았어요.',
      'insufficient-funds': '잔액이나 한도가 부족해요.',
      'limit-exceeded': '이용 한도를 넘었어요.',
      'expired-card': '카드의 유효 기간이 지났어요.',
      'card-not-usable': '사용할 수 없는 카드예요.',
      'not-permitted': '이 카드로는 할 수 없는 결제예요.',
      'try-later': '카드사가 잠시 후 다시 시도해 달라고 답했어요.',
      'no-answer': '제때 답이 오지 않았어요.',
      'no-cards-left': '나머지 카드로는 금액을 나눌 수 없었어요.',
      'shop-refused': '상점이 주문을 확인해 주지 않았어요.',
      'shop-mismatch': '상점의 주문 정보와 맞지 않았어요. 다시 주문하거나 상점에 문의해 주세요.',
      'shop-no-answer': '상점이 주문 확인에 답하지 않았어요.',
      'hook-denied': '상점의 규칙에 따라 결제가 거절되었어요.',
      'hook-no-answer': '상점의 시스템이 제때 답하지 않았어요. 잠시 뒤 다시 시도해 주세요.',
      'not-approved': '상점이 이 결제를 승인하지 않았어요.',
      'hold-lost': '카드사가 승인을 유지하지 못했어요.',
      interrupted: '처리 중에 중단되었어요.',
      cancelled: '취소된 주문이에요.',
      'timed-out': '결제 시간이 지났어요.',
      'module-unavailable': '지금은 쓸 수 없는 결제 수단이에요.',
      'wrong-code': '인증번호가 맞지 않았어요.',
      'code-expired': '인증번호를 쓸 수 있는 시간이 지났어요.',
      'too-many-tries': '인증번호가 다섯 번 틀렸어요.',
      'line-not-usable': '결제할 수 없는 회선이에요.',
      'line-suspended': '이용이 정지된 회선이에요.',
      'line-arrears': '내지 않은 요금이 있는 회선이에요.',
      'line-blocked': '전화요금 결제를 막아 둔 회선이에요.',
      'line-locked': '구매를 잠가 둔 회선이에요.',
      'line-of-minor': '구매가 허락되지 않은 미성년자 명의의 회선이에요.',
      'line-purchase-limit': '회선의 1회 한도를 넘었어요.',
      'line-day-limit': '회선의 하루 한도를 넘었어요.',
      'line-month-limit': '회선의 한 달 한도를 넘었어요.',
      'line-count-limit': '회선의 구매 횟수 한도를 넘었어요.',
      'subscriber-mismatch': '가입자 정보와 맞지 않았어요.',
      'wrong-pin': '비밀번호가 맞지 않았어요.',
      'pin-locked': '비밀번호가 잠겨 있었어요.',
      'micro-account-wrong': '계정 번호나 비밀번호가 맞지 않았어요.',
      'micro-account-lost': '카드 분실로 잠긴 계정이에요.',
      'micro-account-suspended': '사용이 정지된 계정이에요.',
      'micro-account-expired': '유효기간이 지난 계정이에요.',
      'micro-account-purchase-limit': '계정의 1회 한도를 넘었어요.',
      'micro-account-day-limit': '계정의 하루 한도를 넘었어요.',
      'micro-account-month-limit': '계정의 한 달 한도를 넘었어요.',
      'micro-account-credit-limit': '계정에서 갚지 않은 금액이 너무 많았어요.',
      'wrong-account': '계좌번호, 예금주 또는 계좌 비밀번호가 맞지 않았어요.',
      'account-locked': '비밀번호 오류로 잠긴 계좌예요.',
      'account-suspended': '거래가 정지된 계좌예요.',
      'account-balance': '계좌 잔액이 부족했어요.',
      'account-limit': '계좌의 이체 한도를 넘었어요.',
      'account-not-usable': '이 결제에 쓸 수 없는 계좌예요.',
    },
    footer: '이 메일은 결제 내역을 알려 드리기 위해 보냈어요. 문의는 상점으로 해 주세요.',
    vcardFooter:
      '이 메일은 V-Card의 사용을 알려 드리기 위해 보냈어요. 회원님이 하지 않은 결제라면 카드사와 상점에 바로 알려 주세요.',
  },
  en: {
    receipt: { title: 'Receipt', lead: 'Your payment is complete.' },
    refund: { title: 'Refund', lead: 'Your refund is on its way. Card companies may take some days to show it.' },
    failed: { title: 'Payment not completed', lead: 'Your payment was not completed, and nothing was charged.' },
    paidOut: {
      title: 'Your refund was sent',
      lead: 'Your telephone bill had been paid already, so the money was sent to you separately.',
      to: { bank: 'Bank reference', 'micro-account': 'Micro account' },
    },
    awaiting: {
      title: 'Your order is accepted',
      lead: 'Your order is accepted. Once the part that you pay later has come, the payment is complete and we send your receipt.',
    },
    refundAsked: {
      title: 'We passed your refund request on',
      lead: 'The shop has your request. We write to you when it answers.',
    },
    refundDeclined: { title: 'Your refund request was declined', lead: 'The shop did not agree to the refund.' },
    vcard: {
      used: { title: 'Your V-Card was used', lead: 'A purchase was paid with your V-Card.' },
      held: {
        title: 'Your V-Card was used',
        lead: 'Your cards approved a purchase with your V-Card. It is charged when the shop takes it.',
      },
      declined: {
        title: 'Your V-Card could not be used',
        lead: 'Somebody tried to pay with your V-Card. It did not succeed, nothing was charged, and it cannot be used again.',
      },
    },
    staff: {
      paid: { title: 'A payment was made', lead: 'The order is paid.' },
      failed: { title: 'A payment was not made', lead: 'The order was not paid, and nothing was charged.' },
      authorized: { title: 'A payment is held', lead: 'The amount is set aside and not taken yet.' },
      awaiting: { title: 'An order was accepted', lead: 'What is left is paid later.' },
      refunded: { title: 'A refund is done', lead: 'The refund of the order has ended.' },
      'approval-needed': {
        title: 'Please approve a payment',
        lead: 'Nothing is taken before the shop’s people agree. Open Approvals in the merchant portal.',
      },
      footer: 'Sent because the shop’s payment flow says so.',
    },
    debit: {
      notice: {
        title: 'What will be collected',
        lead: 'As you agreed, the amount below will be collected from your account. Please see that it is covered on that day.',
      },
      again: {
        title: 'Not collected; we try again',
        lead: 'Your bank did not pay. We collect once more on the day below; please see that your account covers it.',
      },
      refused: {
        title: 'Not collected',
        lead: 'Your bank did not pay, so your order is not paid. Nothing has left your account.',
      },
      returned: {
        title: 'Your bank took the payment back',
        lead: 'After your order was paid, your bank took the amount back to your account. Please ask the shop about your order.',
      },
    },
    endpoint: {
      title: 'A webhook address was switched off',
      lead: {
        gone: 'The webhook address below answered that it is gone (410), so nothing more is sent to it.',
        'keeps-failing': 'The webhook address below could not be reached for days, so nothing more is sent to it.',
      },
      todo: 'Repair it, switch it on again under Developers in the merchant portal, and resend what was missed.',
    },
    labels: {
      shop: 'Shop',
      order: 'Order',
      item: 'Item',
      orderRef: 'Order number',
      payment: 'Payment number',
      amount: 'Amount',
      refunded: 'Refunded',
      asked: 'Asked for',
      answer: 'The shop says',
      at: 'When',
      means: 'Paid with',
      vcardApproval: 'V-Card approval code',
      reason: 'Reason',
      url: 'Address',
      collected: 'To be collected',
      collectOn: 'Collected on',
      account: 'Account',
      mandate: 'Mandate',
      creditor: 'Creditor',
    },
    modules: {
      card: 'Card',
      vcard: 'V-Card',
      'bank-transfer': 'Bank transfer',
      'direct-debit': 'Direct debit',
      'micro-account': 'Micro account',
      'e-cash': 'e-cash',
      giro: 'Giro transfer',
      'cash-on-delivery': 'Cash on delivery',
    },
    otherModule: 'Other means',
    ending: 'ending in',
    approval: 'approval code',
    reasons: {
      declined: 'The card company did not approve it.',
      'insufficient-funds': 'There was not enough money or credit.',
      'limit-exceeded': 'It was over the card’s limit.',
      'expired-card': 'The card has expired.',
      'card-not-usable': 'The card cannot be used.',
      'not-permitted': 'This card cannot be used for such a payment.',
      'try-later': 'The card company asked to try again later.',
      'no-answer': 'No answer came in time.',
      'no-cards-left': 'The remaining cards could not carry the amount.',
      'shop-refused': 'The shop did not confirm the order.',
      'shop-mismatch': 'It did not agree with the shop’s order. Order again or ask the shop.',
      'shop-no-answer': 'The shop did not answer whether the order is right.',
      'hook-denied': 'The shop’s own rules did not allow it.',
      'hook-no-answer': 'The shop’s system did not answer in time. Try again in a moment.',
      'not-approved': 'The shop did not approve the payment.',
      'hold-lost': 'The card company did not keep its approval.',
      interrupted: 'It was interrupted on the way.',
      cancelled: 'The order was cancelled.',
      'timed-out': 'The time to pay ran out.',
      'module-unavailable': 'This means of payment is not available now.',
      'wrong-code': 'The one-time code was not right.',
      'code-expired': 'The one-time code had expired.',
      'too-many-tries': 'The one-time code was wrong five times.',
      'line-not-usable': 'The line cannot be used for purchases.',
      'line-suspended': 'The line is suspended.',
      'line-arrears': 'A bill of the line has not been paid.',
      'line-blocked': 'The line is closed for purchases on the phone bill.',
      'line-locked': 'The line was locked for purchases.',
      'line-of-minor': 'Purchases on the line of a minor were not allowed.',
      'line-purchase-limit': 'It was more than one purchase on the line may be.',
      'line-day-limit': 'It was more than was left of the line’s limit for the day.',
      'line-month-limit': 'It was more than was left of the line’s limit for the month.',
      'line-count-limit': 'The line had reached its number of purchases.',
      'subscriber-mismatch': 'Name or date of birth were not the subscriber’s.',
      'wrong-pin': 'The PIN was not right.',
      'pin-locked': 'The PIN was locked.',
      'micro-account-wrong': 'The account number or its PIN was not right.',
      'micro-account-lost': 'The account is locked, because its card was reported lost.',
      'micro-account-suspended': 'The account is suspended.',
      'micro-account-expired': 'The account is past its validity.',
      'micro-account-purchase-limit': 'It was more than the account may pay at once.',
      'micro-account-day-limit': 'It was more than what was left of the account’s limit for the day.',
      'micro-account-month-limit': 'It was more than what was left of the account’s limit for the month.',
      'micro-account-credit-limit': 'Too much was still owed on the account.',
      'wrong-account': 'The account number, its holder or its password was not right.',
      'account-locked': 'The account is locked after wrong passwords.',
      'account-suspended': 'The account is suspended.',
      'account-balance': 'The balance of the account was not enough.',
      'account-limit': 'The amount was more than the account may transfer.',
      'account-not-usable': 'The account cannot be used for this payment.',
    },
    footer: 'This mail tells you about a payment of yours. For questions, please ask the shop.',
    vcardFooter:
      'This mail tells you that your V-Card was used. If it was not you, tell your card companies and the shop at once.',
  },
}

import type { DisputeOutcome, DisputeReason } from '../disputes/dispute'
import type { Locale } from '../payments/payment'
import type { DisputeMailTopic } from './message'

interface Told {
  readonly title: string
  readonly lead: string
}

interface DisputeMailTexts {
  readonly topics: Readonly<Record<DisputeMailTopic, Readonly<Record<'shopper' | 'shop', Told>>>>
  readonly reasons: Readonly<Record<DisputeReason, string>>
  readonly outcomes: Readonly<Record<DisputeOutcome, string>>
  readonly footer: Readonly<Record<'shopper' | 'shop', string>>
  readonly dispute: string
  readonly reason: string
  readonly wanted: string
  readonly offer: string
  readonly outcome: string
  readonly granted: string
  /** Whose words are told: the claim's, the shop's or those of whoever decided. */
  readonly words: Readonly<Record<'dispute-opened' | 'dispute-answered' | 'dispute-decided', string>>
  /** In place of the lead, where the decision gives nothing back. */
  readonly nothingBack: Readonly<Record<'shopper' | 'shop', string>>
  /** What has to have happened until then. */
  readonly until: Readonly<Record<'answer' | 'decision', string>>
}

export const disputeMailTexts: Readonly<Record<Locale, DisputeMailTexts>> = {
  ko: {
    topics: {
      'dispute-opened': {
        shopper: { title: '이의 제기를 받았어요', lead: '상점에 전했어요. 상점은 아래 기한까지 답할 수 있어요.' },
        shop: {
          title: '손님이 결제에 이의를 제기했어요',
          lead: '가맹점 포털에서 기한까지 답해 주세요. 답이 없으면 답 없이 결정돼요.',
        },
      },
      'dispute-answered': {
        shopper: {
          title: '상점이 답했어요',
          lead: '내 모아의 구매 내역에서 답을 보고, 제안이 있으면 받아들일 수 있어요.',
        },
        shop: { title: '이의 제기에 답했어요', lead: '이제 상담원이 결정해요.' },
      },
      'dispute-unanswered': {
        shopper: { title: '상점이 기한까지 답하지 않았어요', lead: '상점의 답 없이 결정하고, 그 사실도 함께 살펴요.' },
        shop: { title: '답할 기한이 지났어요', lead: '답이 없었다는 사실과 함께 결정으로 넘어갔어요.' },
      },
      'dispute-decided': {
        shopper: { title: '이의 제기가 결정되었어요', lead: '아래 금액이 결제한 수단으로 돌아가요.' },
        shop: { title: '이의 제기가 결정되었어요', lead: '아래 금액이 손님에게 환불로 돌아가요.' },
      },
      'dispute-withdrawn': {
        shopper: { title: '이의 제기를 거두었어요', lead: '돌아간 금액은 없어요.' },
        shop: { title: '손님이 이의 제기를 거두었어요', lead: '더 하실 일은 없어요.' },
      },
      'dispute-expired': {
        shopper: {
          title: '기한까지 결정되지 않았어요',
          lead: '결정 없이 끝났고 돌아간 금액은 없어요. 기간이 남아 있으면 다시 제기할 수 있어요.',
        },
        shop: { title: '기한까지 결정하지 않았어요', lead: '결정 없이 끝났어요. 손님은 다시 제기할 수 있어요.' },
      },
    },
    reasons: {
      'not-received': '물건을 받지 못함',
      'not-as-described': '설명과 다름',
      damaged: '망가져 있음',
      'not-ordered': '주문한 적 없음',
      'charged-twice': '두 번 결제됨',
      'wrong-amount': '금액이 다름',
      'not-refunded': '약속한 환불이 없음',
      other: '그 밖의 사유',
    },
    outcomes: { shopper: '손님의 뜻대로', shop: '상점의 뜻대로', part: '일부만' },
    footer: {
      shopper: '결제에 문제가 있다고 알려 주셔서 보내는 메일이에요. 서명된 기록이 이의 제기에 함께 보관돼요.',
      shop: '서명된 기록이 이의 제기에 함께 보관되어 있어요. 가맹점 포털의 이의 제기에서 볼 수 있어요.',
    },
    ...{ dispute: '이의 제기 번호', reason: '사유', wanted: '요구 금액', offer: '상점의 제안', outcome: '결정' },
    granted: '돌아가는 금액',
    words: { 'dispute-opened': '주장한 내용', 'dispute-answered': '상점의 답', 'dispute-decided': '결정한 이유' },
    nothingBack: {
      shopper: '돌아가는 금액은 없어요. 결정한 이유는 아래에 있어요.',
      shop: '손님에게 돌아가는 금액은 없어요. 더 하실 일은 없어요.',
    },
    until: { answer: '상점이 답할 기한', decision: '결정할 기한' },
  },
  en: {
    topics: {
      'dispute-opened': {
        shopper: { title: 'We have your dispute', lead: 'The shop has been told and may answer until the time below.' },
        shop: {
          title: 'A shopper disputes a payment',
          lead: 'Answer it in the merchant portal in time; without an answer it is decided without one.',
        },
      },
      'dispute-answered': {
        shopper: {
          title: 'The shop has answered',
          lead: 'Read the answer with the purchase in My Moa. If the shop offers something, you can take it there.',
        },
        shop: { title: 'The dispute is answered', lead: 'A counselor decides it now.' },
      },
      'dispute-unanswered': {
        shopper: {
          title: 'The shop did not answer in time',
          lead: 'It is decided without an answer, and that there was none counts.',
        },
        shop: {
          title: 'The time to answer is over',
          lead: 'It went to the decision, with the fact that no answer came.',
        },
      },
      'dispute-decided': {
        shopper: {
          title: 'Your dispute is decided',
          lead: 'The amount below comes back by the means that you paid with.',
        },
        shop: { title: 'A dispute is decided', lead: 'The amount below goes back to the shopper as a refund.' },
      },
      'dispute-withdrawn': {
        shopper: { title: 'Your dispute is withdrawn', lead: 'Nothing was given back.' },
        shop: { title: 'The shopper has withdrawn a dispute', lead: 'There is nothing more to do.' },
      },
      'dispute-expired': {
        shopper: {
          title: 'Your dispute was not decided in time',
          lead: 'It ended without a decision and nothing was given back. You can raise it again while there is time.',
        },
        shop: {
          title: 'A dispute was not decided in time',
          lead: 'It ended without a decision. The shopper may raise it again.',
        },
      },
    },
    reasons: {
      'not-received': 'Not received',
      'not-as-described': 'Not as described',
      damaged: 'Damaged',
      'not-ordered': 'Never ordered',
      'charged-twice': 'Charged twice',
      'wrong-amount': 'Wrong amount',
      'not-refunded': 'A promised refund did not come',
      other: 'Something else',
    },
    outcomes: { shopper: 'For the shopper', shop: 'For the shop', part: 'In part' },
    footer: {
      shopper: 'You get this because you disputed a payment. The signed records are kept with your dispute.',
      shop: 'The signed records are kept with the dispute; see Disputes in the merchant portal.',
    },
    ...{ dispute: 'Dispute', reason: 'Reason', wanted: 'Claimed', offer: 'The shop offers', outcome: 'Decision' },
    granted: 'Goes back',
    words: { 'dispute-opened': 'The claim', 'dispute-answered': 'The shop’s answer', 'dispute-decided': 'Why' },
    nothingBack: {
      shopper: 'Nothing comes back to you. The reason is below.',
      shop: 'Nothing goes back to the shopper. There is nothing more to do.',
    },
    until: { answer: 'The shop answers until', decision: 'To be decided until' },
  },
}

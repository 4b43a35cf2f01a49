import { z } from 'zod'
import { declineReasons } from '../payments/decline-reason'
import type { Locale } from '../payments/payment'
import { showMoney } from './format'
import { mailTexts } from './mail-texts'
import { layOut, type Mail, type Surroundings } from './render-mail'

export const subscriptionMailTopics = [
  // What was agreed to.
  'subscription-started',
  // A charge that will come.
  'subscription-upcoming',
  // A charge that did not succeed, and when it is tried again.
  'subscription-past-due',
  'subscription-ended',
] as const
export type SubscriptionMailTopic = (typeof subscriptionMailTopics)[number]

const minorUnits = z.string().regex(/^[0-9]{1,15}$/)
const day = z.iso.date()

/** What a mail about a subscription needs to be rendered, later and elsewhere. */
export const subscriptionMail = z.object({
  to: z.string().optional(),
  shopperId: z.uuid().optional(),
  locale: z.enum(['ko', 'en']),
  planName: z.string(),
  /** For a whole period. */
  amount: minorUnits,
  currency: z.string().regex(/^[A-Z]{3}$/),
  unit: z.enum(['day', 'week', 'month', 'year']),
  every: z.number(),
  /** When something is charged next, or is tried again, or when it ended; and how much. */
  on: day.optional(),
  due: minorUnits.optional(),
  reason: z.enum(declineReasons).optional(),
  why: z.enum(['shopper', 'shop', 'unpaid', 'never-started']).optional(),
  /** Where the shopper changes or ends it. */
  url: z.string(),
})
export type SubscriptionMail = z.output<typeof subscriptionMail>

interface Texts {
  readonly title: Readonly<Record<SubscriptionMailTopic, string>>
  readonly lead: Readonly<Record<SubscriptionMailTopic, string>>
  readonly ended: Readonly<Record<NonNullable<SubscriptionMail['why']>, string>>
  readonly on: Readonly<Record<SubscriptionMailTopic, string>>
  readonly plan: string
  readonly rhythm: string
  readonly due: string
  readonly manage: string
  readonly footer: string
}

const texts: Readonly<Record<Locale, Texts>> = {
  ko: {
    title: {
      'subscription-started': '구독을 시작했어요',
      'subscription-upcoming': '곧 구독 요금이 결제돼요',
      'subscription-past-due': '구독 요금이 결제되지 않았어요',
      'subscription-ended': '구독이 끝났어요',
    },
    lead: {
      'subscription-started': '아래 내용에 동의하셨어요. 언제든지 내 모아에서 바꾸거나 그만둘 수 있어요.',
      'subscription-upcoming': '등록하신 결제 수단으로 아래 금액이 결제될 예정이에요.',
      'subscription-past-due':
        '등록하신 결제 수단으로 결제하지 못했어요. 아래 날짜에 다시 시도해요. 지금 다른 결제 수단으로 바꾸면 바로 결제돼요.',
      'subscription-ended': '더는 결제되지 않아요.',
    },
    ended: {
      shopper: '요청하신 대로 구독을 끝냈어요. 더는 결제되지 않아요.',
      shop: '상점에서 구독을 끝냈어요. 더는 결제되지 않아요.',
      unpaid: '여러 번 시도했지만 결제되지 않아 구독을 끝냈어요. 더는 결제되지 않아요.',
      'never-started': '첫 결제가 되지 않아 구독이 시작되지 않았어요. 결제된 금액은 없어요.',
    },
    on: {
      'subscription-started': '첫 결제일',
      'subscription-upcoming': '결제일',
      'subscription-past-due': '다시 시도하는 날',
      'subscription-ended': '끝난 날',
    },
    plan: '구독',
    rhythm: '요금',
    due: '이번 결제 금액',
    manage: '관리',
    footer: '구독은 내 모아에서 바꾸거나 그만둘 수 있어요.',
  },
  en: {
    title: {
      'subscription-started': 'Your subscription has begun',
      'subscription-upcoming': 'Your subscription is charged soon',
      'subscription-past-due': 'Your subscription could not be charged',
      'subscription-ended': 'Your subscription has ended',
    },
    lead: {
      'subscription-started': 'This is what you agreed to. You can change or end it in My Moa at any time.',
      'subscription-upcoming': 'The amount below will be charged to the means of payment that you chose.',
      'subscription-past-due':
        'Your means of payment was not charged. We will try again on the day below. If you choose another means now, it is charged at once.',
      'subscription-ended': 'Nothing more is charged.',
    },
    ended: {
      shopper: 'We have ended it as you asked. Nothing more is charged.',
      shop: 'The shop has ended it. Nothing more is charged.',
      unpaid: 'It could not be charged after several tries, so it has ended. Nothing more is charged.',
      'never-started': 'Its first charge did not succeed, so it has not begun. Nothing was charged.',
    },
    on: {
      'subscription-started': 'First charge',
      'subscription-upcoming': 'Charged on',
      'subscription-past-due': 'Next try',
      'subscription-ended': 'Ended on',
    },
    plan: 'Subscription',
    rhythm: 'Price',
    due: 'This charge',
    manage: 'Manage',
    footer: 'You can change or end the subscription in My Moa.',
  },
}

const UNITS = {
  ko: { day: '일', week: '주', month: '개월', year: '년' },
  en: { day: 'day', week: 'week', month: 'month', year: 'year' },
} as const
const SINGLE_KO = { day: '매일', week: '매주', month: '매월', year: '매년' } as const

/** "매월", "3개월마다", "every month", "every 3 months". */
function rhythmText(unit: SubscriptionMail['unit'], every: number, locale: Locale): string {
  if (locale === 'ko') return every === 1 ? SINGLE_KO[unit] : `${every}${UNITS.ko[unit]}마다`
  return every === 1 ? `every ${UNITS.en[unit]}` : `every ${every} ${UNITS.en[unit]}s`
}

export function renderSubscriptionMail(
  topic: SubscriptionMailTopic,
  mail: SubscriptionMail,
  around: Surroundings,
): Mail {
  const words = texts[mail.locale]
  const general = mailTexts[mail.locale]
  const shop = mail.locale === 'en' ? around.shop.nameEn || around.shop.name : around.shop.name
  const money = (amount: string) => showMoney(amount, mail.currency, mail.locale)
  const rhythm = `${money(mail.amount)} · ${rhythmText(mail.unit, mail.every, mail.locale)}`
  const shownDay = (on: string) =>
    new Intl.DateTimeFormat(mail.locale === 'ko' ? 'ko-KR' : 'en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(`${on}T00:00:00Z`),
    )
  return layOut({
    subject: `[${shop}] ${words.title[topic]} ${mail.planName}`,
    title: words.title[topic],
    lead: topic === 'subscription-ended' && mail.why ? words.ended[mail.why] : words.lead[topic],
    rows: [
      [general.labels.shop, shop],
      [words.plan, mail.planName],
      [words.rhythm, rhythm],
      ...(mail.due !== undefined ? [[words.due, money(mail.due)] as const] : []),
      ...(mail.on !== undefined ? [[words.on[topic], shownDay(mail.on)] as const] : []),
      ...(mail.reason !== undefined ? [[general.labels.reason, general.reasons[mail.reason]] as const] : []),
      [words.manage, mail.url],
    ],
    footer: words.footer,
    locale: mail.locale,
  })
}

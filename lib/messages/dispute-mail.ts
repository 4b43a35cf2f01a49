import { z } from 'zod'
import type { DisputeOutcome, DisputeReason } from '../disputes/dispute'
import type { Locale } from '../payments/payment'
import { showMoment, showMoney } from './format'
import { disputeMailTexts } from './dispute-mail-texts'
import { mailTexts } from './mail-texts'
import type { DisputeMailTopic } from './message'
import { layOut, type Mail, type Row, type Surroundings } from './render-mail'

const minorUnits = z.string().regex(/^[0-9]{1,15}$/)

/** The stored form of DisputeMail, read back. */
export const disputeMail = z.object({
  audience: z.enum(['shopper', 'shop']),
  personId: z.uuid(),
  locale: z.enum(['ko', 'en']),
  dispute: z.string(),
  payment: z.string(),
  orderRef: z.string(),
  orderName: z.string(),
  reason: z.string().transform((text) => text as DisputeReason),
  wanted: minorUnits,
  currency: z.string().regex(/^[A-Z]{3}$/),
  at: z.iso.datetime(),
  until: z.iso.datetime().optional(),
  words: z.string().optional(),
  offer: minorUnits.optional(),
  outcome: z
    .string()
    .transform((text) => text as DisputeOutcome)
    .optional(),
  granted: minorUnits.optional(),
})

/**
 * Where a dispute stands, to whoever claims or to an owner of the shop.
 * @param locale of the person who reads it
 */
export function renderDisputeMail(
  topic: DisputeMailTopic,
  mail: z.output<typeof disputeMail>,
  locale: Locale,
  { shop, timeZone }: Surroundings,
): Mail {
  const texts = disputeMailTexts[locale]
  const { labels } = mailTexts[locale]
  const shopName = locale === 'en' ? shop.nameEn || shop.name : shop.name
  const money = (amount: string) => showMoney(amount, mail.currency, locale)
  const { title, lead } = texts.topics[topic][mail.audience]
  const isNothing = topic === 'dispute-decided' && mail.granted === '0'
  const words = topic in texts.words ? texts.words[topic as keyof typeof texts.words] : texts.reason
  const until = texts.until[topic === 'dispute-opened' ? 'answer' : 'decision']
  const outcome: Row[] = mail.outcome ? [[texts.outcome, texts.outcomes[mail.outcome]]] : []
  const rows: Row[] = [
    [labels.shop, shopName],
    [labels.order, mail.orderName],
    [labels.orderRef, mail.orderRef],
    [texts.dispute, mail.dispute],
    [texts.reason, texts.reasons[mail.reason]],
    [texts.wanted, money(mail.wanted)],
    ...outcome,
    ...(mail.granted !== undefined ? [[texts.granted, money(mail.granted)] as const] : []),
    ...(mail.offer !== undefined ? [[texts.offer, money(mail.offer)] as const] : []),
    ...(mail.words ? [[words, mail.words] as const] : []),
    ...(mail.until ? [[until, showMoment(mail.until, locale, timeZone)] as const] : []),
    [labels.at, showMoment(mail.at, locale, timeZone)],
  ]
  const footer = texts.footer[mail.audience]
  return layOut({
    subject: `[${shopName}] ${title} · ${mail.orderName}`,
    title,
    lead: isNothing ? texts.nothingBack[mail.audience] : lead,
    rows,
    footer,
    locale,
  })
}

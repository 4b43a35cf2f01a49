import { z } from 'zod'
import type { Locale } from '../payments/payment'
import { declineReasons } from '../payments/decline-reason'
import { escapeHtml, oneLine, showMoment, showMoney } from './format'
import { paidOutWays, type PaymentMailTopic } from './message'
import { mailTexts, type MailTexts } from './mail-texts'

/** A mail, ready to be sent. */
export interface Mail {
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachments?: readonly { readonly filename: string; readonly type: string; readonly content: Buffer }[]
}

export const locale = z.enum(['ko', 'en'])
export const minorUnits = z.string().regex(/^[0-9]{1,15}$/)

/** The stored form of PaymentMail, read back. */
export const paymentMail = z.object({
  to: z.string().optional(),
  shopperId: z.uuid().optional(),
  unlessTo: z.string().optional(),
  locale,
  payment: z.string(),
  orderRef: z.string(),
  orderName: z.string(),
  amount: minorUnits,
  currency: z.string().regex(/^[A-Z]{3}$/),
  at: z.iso.datetime(),
  legs: z.array(
    z.object({
      module: z.string(),
      issuer: z.string().optional(),
      lastFour: z
        .string()
        .regex(/^[0-9]{4}$/)
        .optional(),
      amount: minorUnits,
      approvalCode: z.string().optional(),
    }),
  ),
  approvalCode: z.string().optional(),
  items: z.array(z.object({ name: z.string(), quantity: z.int(), amount: minorUnits })).optional(),
  reason: z.string().optional(),
  debit: z
    .object({
      amount: minorUnits,
      mandate: z.string(),
      account: z.string(),
      collectOn: z.iso.date().optional(),
      creditor: z.string().optional(),
    })
    .optional(),
  refunded: z.object({ amount: minorUnits, reason: z.string() }).optional(),
  asked: z.object({ amount: minorUnits, answer: z.string().optional() }).optional(),
  paidOut: z.object({ amount: minorUnits, by: z.enum(paidOutWays), named: z.string() }).optional(),
})

export const endpointMail = z.object({
  to: z.string(),
  locale,
  url: z.string(),
  reason: z.enum(['gone', 'keeps-failing']),
  at: z.iso.datetime(),
})

export const staffMail = z.object({
  to: z.string(),
  locale,
  occasion: z.enum(['paid', 'failed', 'authorized', 'awaiting', 'refunded', 'approval-needed']),
  payment: z.string(),
  orderRef: z.string(),
  orderName: z.string(),
  amount: minorUnits,
  currency: z.string().regex(/^[A-Z]{3}$/),
  at: z.iso.datetime(),
})

export interface Surroundings {
  readonly shop: { readonly name: string; readonly nameEn: string }
  /** The issuer's name in the reader's language. */
  issuerName(code: string, locale: Locale): string | undefined
  readonly timeZone: string
}

export type Row = readonly [label: string, value: string]

/** A receipt, a refund receipt, the news that nothing was charged, or that a V-Card was used. */
export function renderPaymentMail(
  topic: PaymentMailTopic,
  mail: z.output<typeof paymentMail>,
  around: Surroundings,
): Mail {
  const texts = mailTexts[mail.locale]
  const shop = mail.locale === 'en' ? around.shop.nameEn || around.shop.name : around.shop.name
  const money = (amount: string) => showMoney(amount, mail.currency, mail.locale)
  const { title, lead } = {
    receipt: texts.receipt,
    'refund-receipt': texts.refund,
    'payment-failed': texts.failed,
    'paid-out': texts.paidOut,
    'payment-awaiting': texts.awaiting,
    'refund-asked': texts.refundAsked,
    'refund-declined': texts.refundDeclined,
    'vcard-used': texts.vcard.used,
    'vcard-held': texts.vcard.held,
    'vcard-declined': texts.vcard.declined,
    'debit-notice': texts.debit.notice,
    'debit-again': texts.debit.again,
    'debit-refused': texts.debit.refused,
    'debit-returned': texts.debit.returned,
  }[topic]
  const hasFailed = topic === 'payment-failed' || topic === 'vcard-declined'
  const rows: Row[] = [
    [texts.labels.shop, shop],
    [texts.labels.order, mail.orderName],
    ...itemRows(topic, mail.items ?? [], texts, money),
    [texts.labels.orderRef, mail.orderRef],
    [texts.labels.payment, mail.payment],
    [texts.labels.amount, money(mail.amount)],
  ]
  if (topic === 'refund-receipt' && mail.refunded) {
    rows.push([texts.labels.refunded, money(mail.refunded.amount)])
    if (mail.refunded.reason) rows.push([texts.labels.reason, mail.refunded.reason])
  }
  if (mail.asked) {
    rows.push([texts.labels.asked, money(mail.asked.amount)])
    if (mail.asked.answer) rows.push([texts.labels.answer, mail.asked.answer])
  }
  if (mail.debit) {
    const { account, mandate, collectOn, creditor } = mail.debit
    rows.push([texts.labels.collected, money(mail.debit.amount)])
    if (collectOn) rows.push([texts.labels.collectOn, collectOn])
    rows.push([texts.labels.account, `${texts.ending} ${account}`], [texts.labels.mandate, mandate])
    if (creditor) rows.push([texts.labels.creditor, creditor])
  }
  if (mail.paidOut) {
    rows.push([texts.labels.refunded, money(mail.paidOut.amount)])
    rows.push([texts.paidOut.to[mail.paidOut.by], mail.paidOut.named])
  }
  rows.push([texts.labels.at, showMoment(mail.at, mail.locale, around.timeZone)])
  if (hasFailed) {
    const reason = declineReasons.find((known) => known === mail.reason)
    if (reason) rows.push([texts.labels.reason, texts.reasons[reason]])
  } else if (!mail.paidOut && !mail.asked && !mail.debit) {
    for (const leg of mail.legs) {
      const parts = [nameOfLeg(leg, mail.locale, texts, around), money(leg.amount)]
      if (topic === 'receipt' && leg.approvalCode) parts.push(`${texts.approval} ${leg.approvalCode}`)
      rows.push([texts.labels.means, parts.join(' · ')])
    }
    if (topic === 'receipt' && mail.approvalCode) rows.push([texts.labels.vcardApproval, mail.approvalCode])
  }
  const back = topic === 'paid-out' ? mail.paidOut : topic === 'refund-receipt' ? mail.refunded : mail.asked
  const shown = money(back?.amount ?? mail.debit?.amount ?? mail.amount)
  return layOut({
    subject: `[${shop}] ${title} ${shown}`,
    title,
    lead,
    rows,
    footer: topic.startsWith('vcard-') ? texts.vcardFooter : texts.footer,
    locale: mail.locale,
  })
}

// A mail is no ledger: what is beyond this many lines is on the purchase's own page.
const MOST_ITEMS = 20

/** What was ordered, where somebody has paid for it. */
function itemRows(
  topic: PaymentMailTopic,
  items: NonNullable<z.output<typeof paymentMail>['items']>,
  { labels }: MailTexts,
  money: (amount: string) => string,
): Row[] {
  if (topic !== 'receipt' && topic !== 'payment-awaiting') return []
  const rows = items
    .slice(0, MOST_ITEMS)
    .map(({ name, quantity, amount }): Row => [labels.item, `${name} × ${quantity} · ${money(amount)}`])
  return items.length > MOST_ITEMS ? [...rows, [labels.item, `+ ${items.length - MOST_ITEMS}`]] : rows
}

/** Tells a merchant's owner that nothing more is sent to one of their webhook addresses. */
export function renderEndpointMail(mail: z.output<typeof endpointMail>, { timeZone }: Surroundings): Mail {
  const { endpoint, labels } = mailTexts[mail.locale]
  const rows: Row[] = [
    [labels.url, mail.url],
    [labels.at, showMoment(mail.at, mail.locale, timeZone)],
  ]
  const { title, lead, todo } = endpoint
  return layOut({ subject: title, title, lead: lead[mail.reason], rows, footer: todo, locale: mail.locale })
}

/** Tells one of the shop's people what has become of a payment, or that it waits for them. */
export function renderStaffMail(mail: z.output<typeof staffMail>, around: Surroundings): Mail {
  const { staff, labels } = mailTexts[mail.locale]
  const shop = mail.locale === 'en' ? around.shop.nameEn || around.shop.name : around.shop.name
  const amount = showMoney(mail.amount, mail.currency, mail.locale)
  const rows: Row[] = [
    [labels.order, mail.orderName],
    [labels.orderRef, mail.orderRef],
    [labels.payment, mail.payment],
    [labels.amount, amount],
    [labels.at, showMoment(mail.at, mail.locale, around.timeZone)],
  ]
  const { title, lead } = staff[mail.occasion]
  const subject = `[${shop}] ${title} ${amount}`
  return layOut({ subject, title, lead, rows, footer: staff.footer, locale: mail.locale })
}

function nameOfLeg(
  { module, issuer, lastFour }: { module: string; issuer?: string | undefined; lastFour?: string | undefined },
  language: Locale,
  texts: MailTexts,
  around: Surroundings,
): string {
  const named = (issuer && around.issuerName(issuer, language)) ?? ''
  const kind = texts.modules[module] ?? texts.otherModule
  const digits = lastFour ? `${texts.ending} ${lastFour}` : ''
  // An issuer's name says already that it is a card.
  return [module === 'card' && named ? '' : kind, named, digits].filter(Boolean).join(' ')
}

/** What every mail is made of. */
interface Layout {
  readonly subject: string
  readonly title: string
  readonly lead: string
  readonly rows: readonly Row[]
  /** Where the reader can do what the mail is about. */
  readonly link?: { readonly text: string; readonly href: string }
  readonly footer: string
  readonly locale: Locale
}

/** Title, lead, rows and footer as text and as HTML. */
export function layOut({ subject, title, lead, rows, link, footer, locale: lang }: Layout): Mail {
  const lines = rows.map(([label, value]) => `${label}: ${oneLine(value)}`)
  const cells = rows.map(
    ([label, value]) =>
      `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:6px 16px 6px 0;color:#57606a;font-weight:400;white-space:nowrap">${escapeHtml(label)}</th>` +
      `<td style="padding:6px 0;color:#1f2328;overflow-wrap:anywhere">${escapeHtml(oneLine(value))}</td></tr>`,
  )
  return {
    subject: oneLine(subject).slice(0, 200),
    text: [title, '', lead, '', ...lines, ...(link ? ['', link.href] : []), '', footer, ''].join('\n'),
    html: [
      `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
      '<body style="margin:0;padding:24px;background:#f6f8fa;font-family:sans-serif;font-size:15px;line-height:1.5">',
      '<div style="max-width:520px;margin:0 auto;padding:24px;background:#ffffff;border-radius:12px">',
      `<h1 style="margin:0 0 8px;font-size:20px;color:#1f2328">${escapeHtml(title)}</h1>`,
      `<p style="margin:0 0 16px;color:#1f2328">${escapeHtml(lead)}</p>`,
      `<table style="border-collapse:collapse;font-variant-numeric:tabular-nums">${cells.join('')}</table>`,
      ...(link
        ? [
            `<p style="margin:20px 0 4px"><a href="${escapeHtml(link.href)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#1f2328;color:#ffffff;text-decoration:none">${escapeHtml(link.text)}</a></p>`,
          ]
        : []),
      `<p style="margin:16px 0 0;color:#57606a;font-size:13px">${escapeHtml(footer)}</p>`,
      '</div></body></html>',
    ].join('\n'),
  }
}

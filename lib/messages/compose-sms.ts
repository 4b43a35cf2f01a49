import type { Vault } from '../cards/vault'
import { type Uuid, uuidAt } from '../ids'
import type { Money } from '../money/money'
import type { Locale } from '../payments/payment'
import type { OutgoingMessage, PaidOutBy, RefundWay } from './message'

/** Whom an SMS goes to, and under whose messages it is kept. */
export interface SmsAddress {
  /** NO_MERCHANT where no shop has a part in it. */
  readonly merchantId: Uuid
  /** E.164, with the plus. */
  readonly to: string
  /** True for a fixed line: it is called and the text is spoken. */
  readonly spoken: boolean
  readonly locale: Locale
  readonly at: Date
}

/** What it says. The shop's name is the payee's, in the reader's language. */
export type SmsNews =
  | {
      readonly topic: 'payment-code'
      readonly codeId: Uuid
      readonly shop: string
      readonly total: Money
      readonly until: Date
    }
  | { readonly topic: 'line-code'; readonly codeId: Uuid; readonly until: Date }
  | {
      readonly topic: 'phone-purchase'
      readonly shop: string
      readonly orderName: string
      readonly total: Money
      /** A web address or telephone number for whoever did not buy this (P7.3). */
      readonly objectAt: string
    }
  | { readonly topic: 'application-text'; readonly text: string }
  | {
      readonly topic: 'phone-refund'
      readonly shop: string
      readonly orderName: string
      readonly total: Money
      readonly way: RefundWay
      readonly objectAt: string
    }
  | {
      readonly topic: 'phone-paid-out'
      readonly shop: string
      readonly orderName: string
      readonly total: Money
      readonly by: PaidOutBy
      readonly objectAt: string
    }
  | {
      readonly topic: 'cash-receipt'
      readonly shop: string
      readonly orderName: string
      readonly total: Money
      readonly receiptNumber: string
    }
  | { readonly topic: 'account-unregistered'; readonly account: string }

/**
 * The outbox row of an SMS. Pure but for its id and the seal: the caller writes it in the transaction of the fact it
 * reports (`insert_messages`), and may then hurry it along with `messages.sendNow`.
 */
export function composeSms(vault: Pick<Vault, 'seal'>, address: SmsAddress, news: SmsNews): OutgoingMessage {
  const { merchantId, to, spoken, locale, at } = address
  const id = uuidAt(at)
  const { sealedNumber, keyId } = vault.seal({ kind: 'message', ownerId: merchantId, id }, to)
  const sealedTo = Buffer.from(sealedNumber).toString('base64')
  const addressed = { sealedTo, keyId, masked: maskNumber(to), spoken, locale }
  return { id, at, kind: 'sms', topic: news.topic, payload: { ...addressed, ...valuesOf(news) } }
}

/** The last four digits and no more: enough for its holder to recognize. */
export function maskNumber(number: string): string {
  return `${number.slice(0, 3)}${'*'.repeat(Math.max(0, number.length - 7))}${number.slice(-4)}`
}

function valuesOf(news: SmsNews) {
  const written = ({ amount, currency }: Money) => ({ amount: amount.toString(), currency })
  switch (news.topic) {
    case 'payment-code':
      return { codeId: news.codeId, shop: news.shop, ...written(news.total), until: news.until.toISOString() }
    case 'line-code':
      return { codeId: news.codeId, until: news.until.toISOString() }
    case 'account-unregistered':
      return { account: news.account }
    case 'application-text':
      return { text: news.text }
    case 'cash-receipt': {
      const { shop, orderName, receiptNumber } = news
      return { shop, orderName, receiptNumber, ...written(news.total) }
    }
    case 'phone-purchase':
    case 'phone-refund':
    case 'phone-paid-out': {
      const { shop, orderName, objectAt } = news
      const how = { ...('way' in news && { way: news.way }), ...('by' in news && { by: news.by }) }
      return { shop, orderName, ...written(news.total), objectAt, ...how }
    }
  }
}

import type { Locale } from '../payments/payment'
import type { PaidOutBy, RefundWay, SmsTopic } from './message'

/** What is said of a message, ready to be put into its text. */
interface SmsValues {
  readonly shop: string
  readonly orderName: string
  readonly amount: string
  readonly code: string
  /** Until when the code is good, by the clocks of the zone. */
  readonly until: string
  readonly objectAt: string
  readonly way: string
  readonly paidTo: string
  /** Last four digits. */
  readonly account: string
  readonly balance: string
  /** What is left is what the account may still use, not what is in it. */
  readonly postpaid: boolean
  readonly receiptNumber: string
}

/** What applications send is in their own words. */
type OwnTopic = Exclude<SmsTopic, 'application-text'>

interface SmsTexts {
  readonly shown: Readonly<Record<OwnTopic, (values: SmsValues) => string>>
  /** For lines that are called: digits one by one, and twice. */
  readonly spoken: Readonly<Record<OwnTopic, (values: SmsValues) => string>>
  readonly ways: Readonly<Record<RefundWay, string>>
  readonly paidTo: Readonly<Record<PaidOutBy, string>>
}

/** The digits as they are read out. */
const readOut = (code: string): string => [...code].join(', ')

export const smsTexts: Readonly<Record<Locale, SmsTexts>> = {
  ko: {
    shown: {
      'payment-code': ({ shop, amount, code, until }) =>
        `[모아] ${shop} ${amount} 결제 인증번호 ${code}. ${until}까지 입력해 주세요. 아무에게도 알려 주지 마세요.`,
      'line-code': ({ code, until }) =>
        `[모아] 전화번호 확인 인증번호 ${code}. ${until}까지 입력해 주세요. 아무에게도 알려 주지 마세요.`,
      'phone-purchase': ({ shop, orderName, amount, objectAt }) =>
        `[모아] ${shop}에서 ${amount} 결제, 전화요금에 청구됩니다. (${orderName}) 본인이 결제하지 않았다면 ${objectAt}`,
      'phone-refund': ({ shop, orderName, amount, way, objectAt }) =>
        `[모아] ${shop} ${amount} 환불. ${way} (${orderName}) 문의 ${objectAt}`,
      'phone-paid-out': ({ shop, orderName, amount, paidTo, objectAt }) =>
        `[모아] ${shop} 환불금 ${amount}을 ${paidTo} 보내 드렸습니다. (${orderName}) 문의 ${objectAt}`,
      'account-payment': ({ shop, orderName, amount, account, balance, postpaid, objectAt }) =>
        `[모아] 계정(${account}) ${shop} ${amount} 결제 (${orderName}). ${postpaid ? '남은 한도' : '잔액'} ${balance}. 본인이 아니면 ${objectAt}`,
      'account-balance': ({ account, balance, postpaid }) =>
        `[모아] 계정(${account}) ${postpaid ? '남은 한도는' : '잔액은'} ${balance}입니다.${postpaid ? '' : ' 충전해 주세요.'}`,
      'cash-receipt': ({ shop, orderName, amount, receiptNumber }) =>
        `[모아] ${shop} ${amount} 현금 영수. 영수증 번호 ${receiptNumber} (${orderName})`,
      'account-unregistered': ({ account }) =>
        `[모아] 미등록 계정: 끝자리 ${account} 번호와 비밀번호로 쓸 수 있는 계정이 없습니다. 결제되지 않았습니다.`,
      'account-refund': ({ shop, orderName, amount, account, objectAt }) =>
        `[모아] 계정(${account}) ${shop} ${amount} 환불 (${orderName}). 문의 ${objectAt}`,
    },
    spoken: {
      'payment-code': ({ shop, amount, code }) =>
        `모아입니다. ${shop}에서 ${amount}을 결제하기 위한 인증번호는 ${readOut(code)}입니다. 다시 말씀드립니다. ${readOut(code)}입니다. 아무에게도 알려 주지 마세요.`,
      'line-code': ({ code }) =>
        `모아입니다. 전화번호 확인을 위한 인증번호는 ${readOut(code)}입니다. 다시 말씀드립니다. ${readOut(code)}입니다. 아무에게도 알려 주지 마세요.`,
      'phone-purchase': ({ shop, amount, objectAt }) =>
        `모아입니다. ${shop}에서 ${amount}이 결제되어 이 전화의 요금에 청구됩니다. 본인이 결제하지 않았다면 ${objectAt}로 알려 주세요.`,
      'phone-refund': ({ shop, amount, way, objectAt }) =>
        `모아입니다. ${shop}에서 결제한 ${amount}이 환불되었습니다. ${way} 문의는 ${objectAt}로 해 주세요.`,
      'phone-paid-out': ({ shop, amount, paidTo, objectAt }) =>
        `모아입니다. ${shop}에서 환불한 ${amount}을 ${paidTo} 보내 드렸습니다. 문의는 ${objectAt}로 해 주세요.`,
      'account-payment': ({ shop, amount, account, balance, postpaid, objectAt }) =>
        `모아입니다. 끝자리 ${readOut(account)}번 계정에서 ${shop}에 ${amount}이 결제되었습니다. ${postpaid ? '남은 한도는' : '잔액은'} ${balance}입니다. 본인이 결제하지 않았다면 ${objectAt}로 알려 주세요.`,
      'account-balance': ({ account, balance, postpaid }) =>
        `모아입니다. 끝자리 ${readOut(account)}번 계정의 ${postpaid ? '남은 한도는' : '잔액은'} ${balance}입니다.`,
      'cash-receipt': ({ shop, amount, receiptNumber }) =>
        `모아입니다. ${shop}의 주문 대금 ${amount}을 현금으로 받았습니다. 영수증 번호는 ${readOut(receiptNumber)}입니다.`,
      'account-unregistered': ({ account }) =>
        `모아입니다. 끝자리 ${readOut(account)} 번호와 비밀번호로 쓸 수 있는 계정이 없습니다. 결제되지 않았습니다.`,
      'account-refund': ({ shop, amount, account, objectAt }) =>
        `모아입니다. ${shop}에서 결제한 ${amount}이 끝자리 ${readOut(account)}번 계정으로 환불되었습니다. 문의는 ${objectAt}로 해 주세요.`,
    },
    ways: {
      'not-billed': '전화요금에 청구되지 않습니다.',
      'next-bill': '다음 전화요금에서 차감됩니다.',
      'by-hand': '따로 돌려드립니다.',
    },
    paidTo: { bank: '은행 계좌로', 'micro-account': '소액 결제 계정으로' },
  },
  en: {
    shown: {
      'payment-code': ({ shop, amount, code, until }) =>
        `Moa: ${code} is your code to pay ${amount} to ${shop}. Good until ${until}. Tell nobody.`,
      'line-code': ({ code, until }) =>
        `Moa: ${code} is your code to register this telephone. Good until ${until}. Tell nobody.`,
      'phone-purchase': ({ shop, orderName, amount, objectAt }) =>
        `Moa: ${amount} at ${shop} goes on your phone bill (${orderName}). Not you? ${objectAt}`,
      'phone-refund': ({ shop, orderName, amount, way, objectAt }) =>
        `Moa: ${amount} from ${shop} comes back (${orderName}). ${way} Questions? ${objectAt}`,
      'phone-paid-out': ({ shop, orderName, amount, paidTo, objectAt }) =>
        `Moa: your refund of ${amount} from ${shop} was sent ${paidTo} (${orderName}). Questions? ${objectAt}`,
      'account-payment': ({ shop, orderName, amount, account, balance, postpaid, objectAt }) =>
        `Moa: ${amount} at ${shop} from account ${account} (${orderName}). ${balance} ${postpaid ? 'of your limit ' : ''}left. Not you? ${objectAt}`,
      'account-balance': ({ account, balance, postpaid }) =>
        `Moa: ${balance} left ${postpaid ? 'of the limit of' : 'in'} account ${account}.${postpaid ? '' : ' Time to top it up.'}`,
      'cash-receipt': ({ shop, orderName, amount, receiptNumber }) =>
        `[Moa] ${shop}: ${amount} received in cash. Receipt ${receiptNumber} (${orderName})`,
      'account-unregistered': ({ account }) =>
        `Moa: unregistered account. None can be used with the number ending ${account} and that PIN. Nothing was charged.`,
      'account-refund': ({ shop, orderName, amount, account, objectAt }) =>
        `Moa: ${amount} from ${shop} is back in account ${account} (${orderName}). Questions? ${objectAt}`,
    },
    spoken: {
      'payment-code': ({ shop, amount, code }) =>
        `This is Moa. Your code to pay ${amount} to ${shop} is ${readOut(code)}. Again: ${readOut(code)}. Tell nobody.`,
      'line-code': ({ code }) =>
        `This is Moa. Your code to register this telephone is ${readOut(code)}. Again: ${readOut(code)}. Tell nobody.`,
      'phone-purchase': ({ shop, amount, objectAt }) =>
        `This is Moa. A purchase of ${amount} at ${shop} goes on the bill of this telephone. If it was not you, tell us: ${objectAt}.`,
      'phone-refund': ({ shop, amount, way, objectAt }) =>
        `This is Moa. Your ${amount} from ${shop} come back. ${way} Questions? ${objectAt}.`,
      'phone-paid-out': ({ shop, amount, paidTo, objectAt }) =>
        `This is Moa. Your refund of ${amount} from ${shop} was sent ${paidTo}. Questions? ${objectAt}.`,
      'account-payment': ({ shop, amount, account, balance, postpaid, objectAt }) =>
        `This is Moa. ${amount} at ${shop} was paid from the account that ends in ${readOut(account)}. ${balance} ${postpaid ? 'of its limit ' : ''}is left. If it was not you, tell us: ${objectAt}.`,
      'account-balance': ({ account, balance, postpaid }) =>
        `This is Moa. ${balance} is left ${postpaid ? 'of the limit of' : 'in'} the account that ends in ${readOut(account)}.`,
      'cash-receipt': ({ shop, amount, receiptNumber }) =>
        `This is Moa. ${shop} received ${amount} from you in cash. Your receipt number is ${readOut(receiptNumber)}.`,
      'account-unregistered': ({ account }) =>
        `This is Moa. No account can be used with the number ending ${readOut(account)} and that PIN. Nothing was charged.`,
      'account-refund': ({ shop, amount, account, objectAt }) =>
        `This is Moa. ${amount} from ${shop} is back in the account that ends in ${readOut(account)}. Questions? ${objectAt}.`,
    },
    ways: {
      'not-billed': 'It will not be on your bill.',
      'next-bill': 'It is taken off your next bill.',
      'by-hand': 'It is paid out to you.',
    },
    paidTo: { bank: 'to your bank account', 'micro-account': 'to your micro account' },
  },
}

import { wordsIn } from '../examples/shop/words'
import type { Words } from '../examples/shop/words'
import accountEn from '../locales/en/account.json' with { type: 'json' }
import authEn from '../locales/en/auth.json' with { type: 'json' }
import bankEn from '../locales/en/bank.json' with { type: 'json' }
import checkoutEn from '../locales/en/checkout.json' with { type: 'json' }
import counselorEn from '../locales/en/counselor.json' with { type: 'json' }
import courierEn from '../locales/en/courier.json' with { type: 'json' }
import disputesEn from '../locales/en/disputes.json' with { type: 'json' }
import merchantEn from '../locales/en/merchant.json' with { type: 'json' }
import operatorEn from '../locales/en/operator.json' with { type: 'json' }
import peopleEn from '../locales/en/people.json' with { type: 'json' }
import phoneEn from '../locales/en/phone.json' with { type: 'json' }
import sealingEn from '../locales/en/sealing.json' with { type: 'json' }
import sellingEn from '../locales/en/selling.json' with { type: 'json' }
import sharedEn from '../locales/en/shared.json' with { type: 'json' }
import addressEn from '../locales/en/address.json' with { type: 'json' }
import flowEn from '../locales/en/flow.json' with { type: 'json' }
import refundsEn from '../locales/en/refunds.json' with { type: 'json' }
import splitEn from '../locales/en/split.json' with { type: 'json' }
import accountKo from '../locales/ko/account.json' with { type: 'json' }
import authKo from '../locales/ko/auth.json' with { type: 'json' }
import bankKo from '../locales/ko/bank.json' with { type: 'json' }
import checkoutKo from '../locales/ko/checkout.json' with { type: 'json' }
import counselorKo from '../locales/ko/counselor.json' with { type: 'json' }
import courierKo from '../locales/ko/courier.json' with { type: 'json' }
import disputesKo from '../locales/ko/disputes.json' with { type: 'json' }
import merchantKo from '../locales/ko/merchant.json' with { type: 'json' }
import operatorKo from '../locales/ko/operator.json' with { type: 'json' }
import peopleKo from '../locales/ko/people.json' with { type: 'json' }
import phoneKo from '../locales/ko/phone.json' with { type: 'json' }
import sealingKo from '../locales/ko/sealing.json' with { type: 'json' }
import sellingKo from '../locales/ko/selling.json' with { type: 'json' }
import sharedKo from '../locales/ko/shared.json' with { type: 'json' }
import addressKo from '../locales/ko/address.json' with { type: 'json' }
import flowKo from '../locales/ko/flow.json' with { type: 'json' }
import refundsKo from '../locales/ko/refunds.json' with { type: 'json' }
import splitKo from '../locales/ko/split.json' with { type: 'json' }

const moa = {
  ko: {
    ...{ account: accountKo, auth: authKo, bank: bankKo, checkout: checkoutKo, counselor: counselorKo },
    ...{
      courier: courierKo,
      disputes: disputesKo,
      merchant: merchantKo,
      operator: operatorKo,
      people: peopleKo,
      phone: phoneKo,
      sealing: sealingKo,
      selling: sellingKo,
      shared: sharedKo,
      address: addressKo,
      flow: flowKo,
      refunds: refundsKo,
      split: splitKo,
    },
  },
  en: {
    ...{ account: accountEn, auth: authEn, bank: bankEn, checkout: checkoutEn, counselor: counselorEn },
    ...{
      courier: courierEn,
      disputes: disputesEn,
      merchant: merchantEn,
      operator: operatorEn,
      people: peopleEn,
      phone: phoneEn,
      sealing: sealingEn,
      selling: sellingEn,
      shared: sharedEn,
      address: addressEn,
      flow: flowEn,
      refunds: refundsEn,
      split: splitEn,
    },
  },
}

export type Language = 'ko' | 'en'

/** What the pages say to a reader: journeys find buttons and fields by the words that people see. */
export interface ReaderWords {
  readonly language: Language
  readonly moa: (typeof moa)['ko']
  readonly shop: Words
}

/** @param locale of the browser, as in its Accept-Language */
export function wordsFor(locale: string | undefined): ReaderWords {
  const language = locale?.startsWith('en') ? 'en' : 'ko'
  return { language, moa: moa[language], shop: wordsIn(language) }
}

import type {} from 'next-intl'
import type account from '@/locales/ko/account.json'
import type address from '@/locales/ko/address.json'
import type auth from '@/locales/ko/auth.json'
import type bank from '@/locales/ko/bank.json'
import type checkout from '@/locales/ko/checkout.json'
import type codes from '@/locales/ko/codes.json'
import type counselor from '@/locales/ko/counselor.json'
import type courier from '@/locales/ko/courier.json'
import type debit from '@/locales/ko/debit.json'
import type disputes from '@/locales/ko/disputes.json'
import type docs from '@/locales/ko/docs.json'
import type flow from '@/locales/ko/flow.json'
import type refunds from '@/locales/ko/refunds.json'
import type merchant from '@/locales/ko/merchant.json'
import type modules from '@/locales/ko/modules.json'
import type settlement from '@/locales/ko/settlement.json'
import type operator from '@/locales/ko/operator.json'
import type people from '@/locales/ko/people.json'
import type phone from '@/locales/ko/phone.json'
import type selling from '@/locales/ko/selling.json'
import type shared from '@/locales/ko/shared.json'
import type tour from '@/locales/ko/tour.json'
import type split from '@/locales/ko/split.json'
import type { Locale } from './locale'

/** A text that is asked for but not written is a type error. */
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: {
      selling: typeof selling
      debit: typeof debit
      shared: typeof shared
      auth: typeof auth
      checkout: typeof checkout
      bank: typeof bank
      split: typeof split
      tour: typeof tour
      people: typeof people
      phone: typeof phone
      account: typeof account
      address: typeof address
      merchant: typeof merchant
      modules: typeof modules
      codes: typeof codes
      counselor: typeof counselor
      courier: typeof courier
      flow: typeof flow
      disputes: typeof disputes
      refunds: typeof refunds
      settlement: typeof settlement
      operator: typeof operator
      docs: typeof docs
    }
  }
}

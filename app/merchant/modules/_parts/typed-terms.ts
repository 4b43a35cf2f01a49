import { z } from 'zod'
import type { TermsChanges } from '@/lib/merchant-modules/terms-changes'
import type { Currency } from '@/lib/money/currency'
import { refundPolicies, type RefundTerms } from '@/lib/payments/module-terms'
import { readTypedFee } from '@/app/_glue/typed-fee'
import { fieldsOf, line } from '../../_parts/typed'

/** The forms of a module's page. */
export type TermsForm = 'amounts' | 'fee' | 'refunds' | 'combination' | 'batch' | 'settings'

const amount = z
  .string()
  .regex(/^[0-9]{0,15}$/)
  .transform((text) => (text === '' ? undefined : BigInt(text)))
const days = z
  .string()
  .trim()
  .regex(/^(?:[1-9][0-9]{0,3})?$/)
  .transform((text) => (text === '' ? undefined : Number(text)))
const time = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/)
const policy = z.enum(refundPolicies)
const batch = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('daily'), at: time }),
  z.object({ kind: z.literal('monthly'), at: time, day: z.coerce.number().int().min(1).max(31) }),
])

const READERS: Record<TermsForm, (form: FormData, currencies: readonly Currency[]) => TermsChanges> = {
  amounts: (form, currencies) => ({
    currencies: currencies.filter((currency) => form.get(`takes-${currency}`) === 'on'),
    limits: byCurrency(currencies, (currency) => {
      const minimum = amount.parse(form.get(`minimum-${currency}`) ?? '')
      const maximum = amount.parse(form.get(`maximum-${currency}`) ?? '')
      if (minimum === undefined && maximum === undefined) return undefined
      return { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) }
    }),
  }),

  fee(form, currencies) {
    const fee = readTypedFee(form, currencies)
    if (!fee) throw new Error('not a fee')
    return { fee }
  },

  refunds(form) {
    const typed = z.object({ policy, days, groups: z.string().max(20_000) }).parse(fieldsOf(form))
    return { refunds: { ...terms(typed), groups: readGroups(typed.groups) } }
  },

  combination(form) {
    const kind = z.enum(['any', 'alone', 'listed']).parse(form.get('kind'))
    return { combination: kind === 'listed' ? { kind, with: form.getAll('with').map(String) } : { kind } }
  },

  batch(form) {
    const read = batch.parse(fieldsOf(form))
    return { schedule: read.kind === 'none' ? null : read }
  },

  settings: (form) => ({
    settings: z.record(z.string(), z.unknown()).parse(JSON.parse(String(form.get('settings') || '{}'))),
  }),
}

/** What a form says; undefined when something in it is not what it should be. */
export function readTypedTerms(
  which: TermsForm,
  form: FormData,
  currencies: readonly Currency[],
): TermsChanges | undefined {
  try {
    return READERS[which](form, currencies)
  } catch {
    return undefined
  }
}

function byCurrency<Value>(currencies: readonly Currency[], read: (currency: Currency) => Value | undefined) {
  const given: Partial<Record<Currency, Value>> = {}
  for (const currency of currencies) {
    const value = read(currency)
    if (value !== undefined) given[currency] = value
  }
  return given
}

function readGroups(text: string): (RefundTerms & { group: string })[] {
  return text
    .split('\n')
    .filter((each) => each.trim() !== '')
    .map((each) => {
      const [group = '', word = '', most = ''] = each.split(',')
      return { group: line(60).parse(group), ...terms({ policy: policy.parse(word.trim()), days: days.parse(most) }) }
    })
}

function terms(typed: { policy: RefundTerms['policy']; days: number | undefined }): RefundTerms {
  return { policy: typed.policy, ...(typed.days !== undefined && { days: typed.days }) }
}

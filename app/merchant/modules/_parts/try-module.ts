import 'server-only'
import type { Desk } from '@/app/_glue/desk'
import type { Gateway } from '@/lib/gateway'
import type { Currency } from '@/lib/money/currency'
import { boundsFault } from '@/lib/payments/admit-means'
import { feeOf, type ModuleTerms } from '@/lib/payments/module-terms'

export interface TrialWish {
  readonly amount: bigint
  readonly currency: Currency
  readonly email?: string
}

type Finding =
  | 'active'
  | 'inactive'
  | 'currencyOk'
  | 'currencyNo'
  | 'amountOk'
  | 'amountNo'
  | 'admitted'
  | 'notAdmitted'
  | 'fee'
  | 'linkOk'
  | 'linkDown'
  | 'notReady'
  | 'noAnswer'
  | 'ownBooks'

export interface TrialLine {
  readonly text: Finding
  readonly isGood: boolean
  readonly fee?: bigint
  readonly words?: string
}

const yes = (text: Finding): TrialLine => ({ text, isGood: true })
const no = (text: Finding, words?: string): TrialLine => ({ text, isGood: false, ...(words && { words }) })

/** Whether a payment of so much would be taken now by this module, and by what it would fail. Moves nothing. */
export async function tryModule(
  { gateway, merchant }: Desk,
  terms: ModuleTerms,
  { amount, currency, email }: TrialWish,
): Promise<TrialLine[]> {
  const { module } = terms
  const fault = boundsFault(terms, amount, currency)
  const [open, link] = await Promise.all([
    gateway.merchantModules.openTo(merchant.id, [module], email ? { email } : {}),
    linkLine(gateway, module),
  ])
  return [
    terms.state === 'active' ? yes('active') : no('inactive'),
    fault === 'currency-not-carried' ? no('currencyNo') : yes('currencyOk'),
    fault === 'amount-out-of-bounds' ? no('amountNo') : yes('amountOk'),
    open.has(module) ? yes('admitted') : no('notAdmitted'),
    link,
    { ...yes('fee'), fee: feeOf(terms.fee, amount, currency) },
  ]
}

/** What is known of the systems behind a module, without asking them for anything. */
async function linkLine({ merchantModules, issuers, telcos }: Gateway, module: string): Promise<TrialLine> {
  const checked = await merchantModules.check(module)
  if (checked) {
    if (checked.kind === 'ready') return yes('linkOk')
    return checked.kind === 'not-ready' ? no('notReady', checked.words) : no('noAnswer')
  }
  const links =
    module === 'card' || module === 'vcard' ? issuers.states() : module === 'phone-bill' ? telcos.states() : []
  if (links.length === 0) return yes('ownBooks')
  return links.some(({ connectionsUp }) => connectionsUp > 0) ? yes('linkOk') : no('linkDown')
}

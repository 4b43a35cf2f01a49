import type { BillingCentreSettings, TelcoSettings } from '../link-settings'
import type { Currency } from '../money/currency'

/** How the billing centre keeps its books that puts a customer management system's lines on bills. */
export interface CentreTerms {
  /** Code of the billing centre. */
  readonly centre: string
  /** Days and months of its bills are those of this zone. */
  readonly zone: string
  /** The one currency of its charging files; absent where the centre is not in the settings. */
  readonly currency?: string
}

export interface CentresTerms {
  /** Of the lines of a customer management system, by its code. */
  of(system: string): CentreTerms
  /** Whether a line of the system can be charged in a currency: what no file could carry is refused at the border. */
  bills(system: string, currency: Currency): boolean
  /** Whether any line at all can be. */
  billsAnywhere(currency: Currency): boolean
  /** The zones of all systems, by their codes; that of every other one by an empty text. */
  readonly zones: Readonly<Record<string, string>>
}

export function createCentresTerms({
  TELCOS,
  BILLING_CENTRES,
  TIME_ZONE,
}: {
  readonly TELCOS: readonly Pick<TelcoSettings, 'code' | 'centre'>[]
  readonly BILLING_CENTRES: readonly Pick<BillingCentreSettings, 'code' | 'zone' | 'currency'>[]
  readonly TIME_ZONE: string
}): CentresTerms {
  const known = new Map<string, CentreTerms>(
    TELCOS.map(({ code, centre }) => {
      const found = BILLING_CENTRES.find((each) => each.code === centre)
      return [code, { centre, zone: found?.zone ?? TIME_ZONE, ...(found ? { currency: found.currency } : {}) }]
    }),
  )
  const of = (system: string) => known.get(system) ?? { centre: system, zone: TIME_ZONE }
  const bills = (system: string, currency: Currency) => {
    const { currency: billed } = of(system)
    return billed === undefined || billed === currency
  }
  return {
    of,
    bills,
    billsAnywhere: (currency) => TELCOS.some(({ code }) => bills(code, currency)),
    zones: { '': TIME_ZONE, ...Object.fromEntries([...known].map(([system, { zone }]) => [system, zone])) },
  }
}

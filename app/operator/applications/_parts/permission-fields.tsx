import { getTranslations } from 'next-intl/server'
import { Checkbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { currencyCodes } from '@/lib/money/currency'
import { decimalOf } from '@/lib/money/decimal'
import type { Permissions } from '@/lib/open-service/application'
import { servedInterfaces } from '@/lib/parlayx/interfaces/interfaces'
import { CurrencyField } from './currency-field'

const REACHES = ['own', 'every'] as const

/** Rights by interface and operation, whose accounts, and the most that one request may charge. */
export async function PermissionFields({ application }: { application: Permissions }) {
  const t = await getTranslations('operator.applications')
  const { rights, reach, largestCharge } = application
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-sm font-medium text-ink">{t('reachOf')}</legend>
        {REACHES.map((each) => (
          <Choice
            key={each}
            name="reach"
            value={each}
            defaultChecked={each === reach}
            label={t(`reach.${each}`)}
            description={t(`reachText.${each}`)}
          />
        ))}
      </fieldset>
      <div className="grid grid-cols-[1fr_7rem] gap-3">
        <Field id="application-largest" label={t('largest')} hint={t('largestHint')}>
          <Input
            {...fieldControl('application-largest', { hint: t('largestHint') })}
            name="largest"
            inputMode="decimal"
            autoComplete="off"
            maxLength={20}
            className="figures text-right"
            defaultValue={largestCharge ? decimalOf(largestCharge.amount, largestCharge.currency) : ''}
          />
        </Field>
        <CurrencyField id="application-currency" value={largestCharge?.currency ?? currencyCodes[0]} />
      </div>
      {servedInterfaces.map(({ name, operations }) => (
        <fieldset key={name} className="flex flex-col gap-2">
          <legend className="mb-1.5 text-sm font-medium break-all text-ink">{name}</legend>
          {Object.keys(operations).map((operation) => (
            <Checkbox
              key={operation}
              name="right"
              value={`${name}.${operation}`}
              defaultChecked={rights.some((right) => right === `${name}.${operation}`)}
              label={<span className="font-mono text-xs break-all">{operation}</span>}
            />
          ))}
        </fieldset>
      ))}
    </>
  )
}

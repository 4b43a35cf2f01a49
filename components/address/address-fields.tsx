import type { ReactNode } from 'react'
import type addressTexts from '@/locales/ko/address.json'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Select } from '../ui/select'

/** An address as fields are filled with it. */
export interface ShownAddress {
  readonly label?: string | undefined
  readonly recipient: string
  readonly phone: string
  readonly country: string
  readonly postalCode: string
  readonly line1: string
  readonly line2?: string | undefined
  readonly city?: string | undefined
  readonly region?: string | undefined
}

const COUNTRIES =
  'KR AU AT BE BR CA CN CZ DE DK ES FI FR GB HK ID IE IN IT JP MX MY NL NO NZ PH PL PT SE SG CH TH TR TW US VN'.split(
    ' ',
  )

interface Props {
  readonly words: (typeof addressTexts)['fields']
  readonly locale: 'ko' | 'en'
  readonly address?: Partial<ShownAddress> | undefined
  readonly withLabel?: boolean
  /** Says what is wrong with a field; forms without script leave that to the browser. */
  readonly faultOf?: (name: string) => ReactNode
}

/** The fields of an address. A Korean one has no town of its own: its first line says it, so those fields are hidden. */
export function AddressFields({ words, locale, address, withLabel = false, faultOf }: Props) {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const field = (
    name: keyof ShownAddress,
    more: { hint?: string; isOptional?: boolean; longest: number; complete: string; className?: string; type?: string },
  ) => (
    <div className={more.className}>
      <Field
        id={`address-${name}`}
        label={words[name]}
        {...(more.hint && { hint: more.hint })}
        {...(more.isOptional && { aside: words.optional })}
      >
        <Input
          {...fieldControl(`address-${name}`, { hint: more.hint })}
          name={name}
          type={more.type ?? 'text'}
          maxLength={more.longest}
          autoComplete={more.complete}
          required={!more.isOptional}
          defaultValue={address?.[name] ?? ''}
        />
      </Field>
      {faultOf?.(name)}
    </div>
  )
  return (
    <div className="group/address grid gap-4 sm:grid-cols-2">
      {withLabel
        ? field('label', {
            longest: 40,
            complete: 'off',
            isOptional: true,
            hint: words.labelHint,
            className: 'sm:col-span-2',
          })
        : null}
      {field('recipient', { longest: 60, complete: 'name' })}
      {field('phone', { longest: 24, complete: 'tel', type: 'tel', hint: words.phoneHint })}
      <div>
        <Field id="address-country" label={words.country}>
          <Select
            {...fieldControl('address-country', {})}
            name="country"
            autoComplete="country"
            defaultValue={address?.country ?? 'KR'}
          >
            {COUNTRIES.map((code) => (
              <option key={code} value={code}>
                {names.of(code)}
              </option>
            ))}
          </Select>
        </Field>
        {faultOf?.('country')}
      </div>
      {field('postalCode', { longest: 12, complete: 'postal-code' })}
      {field('line1', { longest: 120, complete: 'address-line1', className: 'sm:col-span-2' })}
      {field('line2', { longest: 120, complete: 'address-line2', isOptional: true, className: 'sm:col-span-2' })}
      {field('city', {
        ...{ longest: 60, complete: 'address-level2', isOptional: true },
        className: 'group-has-[option[value=KR]:checked]/address:hidden',
      })}
      {field('region', {
        ...{ longest: 60, complete: 'address-level1', isOptional: true },
        className: 'group-has-[option[value=KR]:checked]/address:hidden',
      })}
    </div>
  )
}

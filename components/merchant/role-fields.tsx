'use client'

import { useState } from 'react'
import type { StaffRole } from '@/lib/auth/person'
import type { Currency } from '@/lib/money/currency'
import { Field, fieldControl } from '../ui/field'
import { MoneyField } from '../ui/money-field'
import { Select } from '../ui/select'

interface Props {
  /** Tells the fields of several dialogs on a page apart. */
  readonly id: string
  readonly currency: Currency
  readonly locale: 'ko' | 'en'
  readonly words: {
    readonly role: string
    readonly limitLabel: string
    readonly limitHint: string
    readonly roles: Readonly<Record<StaffRole, string>>
  }
  readonly role?: StaffRole
  readonly refundLimit?: bigint
}

/** A role, in words that say what it may do, and what its holder may give back alone. */
export function RoleFields({ id, currency, locale, words, role = 'staff', refundLimit }: Props) {
  const [limit, setLimit] = useState(refundLimit)
  return (
    <>
      <Field id={`${id}-role`} label={words.role}>
        <Select id={`${id}-role`} name="role" defaultValue={role}>
          {Object.entries(words.roles).map(([each, name]) => (
            <option key={each} value={each}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field id={`${id}-limit`} label={words.limitLabel} hint={words.limitHint}>
        <MoneyField
          {...fieldControl(`${id}-limit`, { hint: words.limitHint })}
          name="limit"
          {...{ currency, locale }}
          value={limit}
          onAmount={setLimit}
        />
      </Field>
    </>
  )
}

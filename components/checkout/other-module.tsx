import { LockKeyhole } from 'lucide-react'
import { fill } from '../i18n/fill'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import type { CheckoutWords } from './checkout-view'
import type { OtherModule as Module } from './module-view'
import { fieldFault } from './typed-module'
import type { MeansState } from './use-means'

interface Props {
  readonly module: Module
  readonly means: Pick<MeansState, 'modules' | 'setModules'>
  readonly words: CheckoutWords['module']
  /** True after an attempt to pay: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
}

/** What a payment module of somebody else's asks the shopper for, as its package describes it. */
export function OtherModule({ module: { code, name, fields }, means, words, showsAll }: Props) {
  const key = `module:${code}`
  const typed = means.modules[key] ?? {}
  return (
    <div className="flex flex-col gap-4 rounded-lg bg-sunken p-4 sm:p-5">
      {fields.map((field) => {
        const id = `${code}-${field.name}`
        const value = typed[field.name] ?? ''
        const fault = showsAll ? fieldFault(field, value) : undefined
        const error = fault && fill(words.fault[fault], { label: field.label, count: field.shortest })
        return (
          <Field
            key={field.name}
            id={id}
            label={field.optional ? fill(words.optional, { label: field.label }) : field.label}
            hint={field.hint}
            error={error}
          >
            <Input
              {...fieldControl(id, { hint: field.hint, error })}
              type={field.kind === 'secret' ? 'password' : 'text'}
              inputMode={field.kind === 'digits' ? 'numeric' : undefined}
              autoComplete={field.autofill ?? 'off'}
              className={field.kind === 'text' ? undefined : 'figures'}
              // Digits may be typed in groups.
              maxLength={field.kind === 'digits' ? field.longest * 2 : field.longest}
              value={value}
              onChange={({ target }) =>
                means.setModules({ ...means.modules, [key]: { ...typed, [field.name]: target.value } })
              }
            />
          </Field>
        )
      })}
      <p className="flex items-start gap-2 text-sm text-ink-faint">
        <LockKeyhole className="mt-0.5 size-4 shrink-0" aria-hidden />
        {fill(words.secure, { name })}
      </p>
    </div>
  )
}

import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { CheckGlyph } from './glyphs'

interface Props {
  readonly label: string
  readonly name: string
  readonly current: string
  readonly options: readonly { readonly value: string; readonly label: ReactNode; readonly lang?: string }[]
  /** Where the choice goes: a server action. */
  readonly action: (form: FormData) => Promise<void>
}

/** A small choice that is kept for the next visit (language, appearance). A plain form: works without script. */
export function ChoiceSwitch({ label, name, current, options, action }: Props) {
  return (
    <form action={action}>
      <div role="group" aria-label={label} className="inline-flex rounded-md bg-sunken p-0.5 ring-1 ring-line">
        {options.map((option) => {
          const chosen = option.value === current
          return (
            <button
              key={option.value}
              type="submit"
              name={name}
              value={option.value}
              lang={option.lang}
              aria-pressed={chosen}
              className={classNames(
                'inline-flex min-h-8 items-center gap-1 rounded-sm px-2.5 text-xs font-medium text-ink-faint hover:text-ink',
                chosen && 'bg-raised text-ink ring-1 ring-line',
              )}
            >
              {chosen ? <CheckGlyph className="size-3" /> : null}
              {option.label}
            </button>
          )
        })}
      </div>
    </form>
  )
}

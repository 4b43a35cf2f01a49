'use client'

import { Select } from '../ui/select'

interface Props {
  readonly label: string
  readonly current: string
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly choose: (form: FormData) => Promise<void>
}

/** The shop one works for; a choice where there are several. */
export function WorkplaceChoice({ label, current, options, choose }: Props) {
  if (options.length < 2) return <p className="truncate">{options[0]?.name}</p>
  return (
    <form action={choose}>
      <Select
        name="merchant"
        aria-label={label}
        defaultValue={current}
        className="h-11 text-sm"
        onChange={({ target }) => target.form?.requestSubmit()}
      >
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </form>
  )
}

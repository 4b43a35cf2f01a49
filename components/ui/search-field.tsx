import { Search } from 'lucide-react'
import { Input } from './input'

interface Props {
  readonly name: string
  readonly label: string
  readonly defaultValue?: string
  /** What else the URL says, kept when searching. */
  readonly keep?: Readonly<Record<string, string | undefined>>
}

/** Searches by the URL (a GET form): works without script, can be shared and gone back to. */
export function SearchField({ name, label, defaultValue, keep = {} }: Props) {
  return (
    <form role="search" className="relative w-full sm:max-w-xs">
      {Object.entries(keep).map(([key, value]) =>
        value ? <input key={key} type="hidden" name={key} value={value} /> : null,
      )}
      <Search
        className="pointer-events-none absolute top-1/2 left-3.5 size-4 -translate-y-1/2 text-ink-faint"
        aria-hidden
      />
      <Input
        type="search"
        name={name}
        aria-label={label}
        placeholder={label}
        defaultValue={defaultValue}
        className="h-11 pl-10 text-sm"
        enterKeyHint="search"
      />
    </form>
  )
}

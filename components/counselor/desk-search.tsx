import { Search } from 'lucide-react'
import { Button } from '../ui/button'
import { Input } from '../ui/input'

interface Props {
  readonly words: { readonly label: string; readonly hint: string; readonly submit: string }
  readonly value?: string
  /** True where looking for something is what one came for. */
  readonly takesFocus?: boolean
}

/** The one box of the desk: a form that leads to an address, so that it works with the keyboard alone and can be gone back to. */
export function DeskSearch({ words, value, takesFocus = false }: Props) {
  return (
    <form role="search" action="/counselor" className="mb-6 max-w-2xl">
      <div className="flex gap-2">
        <span className="relative block flex-1">
          <Search
            className="pointer-events-none absolute top-1/2 left-4 size-5 -translate-y-1/2 text-ink-faint"
            aria-hidden
          />
          <Input
            type="search"
            name="q"
            aria-label={words.label}
            aria-describedby="desk-search-hint"
            placeholder={words.label}
            defaultValue={value}
            maxLength={200}
            autoComplete="off"
            autoFocus={takesFocus}
            enterKeyHint="search"
            className="h-14 rounded-lg pl-12"
          />
        </span>
        <Button type="submit" size="large">
          {words.submit}
        </Button>
      </div>
      <p id="desk-search-hint" className="mt-1.5 text-sm text-ink-faint">
        {words.hint}
      </p>
    </form>
  )
}

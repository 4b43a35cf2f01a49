'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import type { ComponentProps } from 'react'
import { Input } from '../ui/input'

interface Props extends Omit<ComponentProps<'input'>, 'type'> {
  readonly words: { readonly show: string; readonly hide: string }
}

/** A password that can be looked at while it is typed; long ones are easier to get right that way. */
export function PasswordInput({ words, ...rest }: Props) {
  const [isShown, setShown] = useState(false)
  return (
    <span className="relative block">
      <Input {...rest} type={isShown ? 'text' : 'password'} maxLength={128} className="pr-12" />
      <button
        type="button"
        className="absolute inset-y-0 right-1 flex w-10 items-center justify-center rounded-md text-ink-faint hover:text-ink"
        aria-label={isShown ? words.hide : words.show}
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? <EyeOff className="size-5" aria-hidden /> : <Eye className="size-5" aria-hidden />}
      </button>
    </span>
  )
}

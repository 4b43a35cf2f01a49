import { classNames } from './class-names'

const BASE = classNames(
  'relative inline-flex select-none items-center justify-center gap-2 rounded-md font-semibold whitespace-nowrap',
  'transition-colors duration-150 [&_svg]:size-4.5 [&_svg]:shrink-0',
  'disabled:cursor-not-allowed aria-disabled:cursor-not-allowed disabled:opacity-45 aria-disabled:opacity-45',
)

const KINDS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'bg-raised text-ink ring-1 ring-inset ring-line hover:bg-hover',
  soft: 'bg-accent-soft text-accent-strong hover:bg-hover',
  quiet: 'text-ink-soft hover:bg-hover hover:text-ink',
  danger: 'bg-bad text-on-bad hover:opacity-90',
} as const

const SIZES = {
  small: 'h-9 px-3 text-sm',
  medium: 'h-11 px-4 text-sm',
  large: 'h-14 rounded-lg px-6 text-base',
  icon: 'size-11',
} as const

export interface ButtonLook {
  readonly kind?: keyof typeof KINDS | undefined
  readonly size?: keyof typeof SIZES | undefined
  /** As wide as what it stands in. */
  readonly wide?: boolean | undefined
}

/** How a button looks, for buttons and for links that stand among buttons. */
export function buttonLook({ kind = 'secondary', size = 'medium', wide = false }: ButtonLook): string {
  return classNames(BASE, KINDS[kind], SIZES[size], wide && 'w-full')
}

import { cva } from 'class-variance-authority'
import type { VariantProps } from 'class-variance-authority'

/** How a button looks, for buttons and for links that stand among buttons. Targets are at least 44 px high on touch sizes. */
export const buttonLook = cva(
  [
    'relative inline-flex select-none items-center justify-center gap-2 rounded-md font-semibold whitespace-nowrap',
    'transition-colors duration-150',
    'disabled:cursor-not-allowed aria-disabled:cursor-not-allowed disabled:opacity-45 aria-disabled:opacity-45',
    '[&_svg]:size-4.5 [&_svg]:shrink-0',
  ],
  {
    variants: {
      kind: {
        primary: 'bg-accent text-on-accent hover:bg-accent-strong',
        secondary: 'bg-raised text-ink ring-1 ring-inset ring-line hover:bg-hover',
        soft: 'bg-accent-soft text-accent-strong hover:bg-hover',
        quiet: 'text-ink-soft hover:bg-hover hover:text-ink',
        danger: 'bg-bad text-on-bad hover:opacity-90',
      },
      size: {
        small: 'h-9 px-3 text-sm',
        medium: 'h-11 px-4 text-sm',
        large: 'h-14 rounded-lg px-6 text-base',
        icon: 'size-11',
      },
      wide: { true: 'w-full', false: '' },
    },
    defaultVariants: { kind: 'secondary', size: 'medium', wide: false },
  },
)

export type ButtonLook = VariantProps<typeof buttonLook>

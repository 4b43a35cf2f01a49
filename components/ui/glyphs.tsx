import type { ReactNode } from 'react'
import { classNames } from './class-names'

interface Props {
  readonly className?: string
}

/**
 * The few icons of the frame around every page. lucide's are client components; these are drawn on the server, so that
 * the checkout's frame brings no JavaScript.
 */
function Glyph({ className, children }: Props & { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={classNames('size-4 shrink-0', className)}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {children}
    </svg>
  )
}

export function CheckGlyph(props: Props) {
  return (
    <Glyph {...props}>
      <path d="M4.5 12.5l5 5 10-11" />
    </Glyph>
  )
}

export function DoneGlyph(props: Props) {
  return (
    <Glyph {...props}>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M7.5 12.5l3 3 6-6.5" />
    </Glyph>
  )
}

export function ScreenGlyph(props: Props) {
  return (
    <Glyph {...props}>
      <rect x="2.5" y="4" width="19" height="12.5" rx="2" />
      <path d="M8.5 20.5h7M12 16.5v4" />
    </Glyph>
  )
}

export function SunGlyph(props: Props) {
  return (
    <Glyph {...props}>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4" />
    </Glyph>
  )
}

export function MoonGlyph(props: Props) {
  return (
    <Glyph {...props}>
      <path d="M20.5 14A8.5 8.5 0 1 1 10 3.5a6.8 6.8 0 0 0 10.5 10.5z" />
    </Glyph>
  )
}

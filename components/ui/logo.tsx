import { classNames } from './class-names'

/** Moa's mark: one bar made of three shares. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 28 28" className={classNames('size-7', className)} aria-hidden>
      <rect width="28" height="28" rx="8" className="fill-accent" />
      <rect x="6" y="7" width="16" height="3.6" rx="1.8" className="fill-on-accent" />
      <rect x="6" y="12.2" width="11" height="3.6" rx="1.8" className="fill-on-accent opacity-80" />
      <rect x="18.2" y="12.2" width="3.8" height="3.6" rx="1.8" className="fill-on-accent opacity-50" />
      <rect x="6" y="17.4" width="5.4" height="3.6" rx="1.8" className="fill-on-accent opacity-80" />
      <rect x="12.6" y="17.4" width="9.4" height="3.6" rx="1.8" className="fill-on-accent opacity-50" />
    </svg>
  )
}

export function Logo({ name, className }: { name: string; className?: string }) {
  return (
    <span
      className={classNames(
        'inline-flex shrink-0 items-center gap-2 text-lg font-bold tracking-tight whitespace-nowrap text-ink',
        className,
      )}
    >
      <LogoMark />
      {name}
    </span>
  )
}

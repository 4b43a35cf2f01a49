import { classNames } from './class-names'

/** The first letter of a shop's or person's name, where there is no picture. */
export function Monogram({ name, className }: { name: string; className?: string }) {
  return (
    <span
      className={classNames(
        'flex size-10 shrink-0 items-center justify-center rounded-md bg-ink text-base font-bold text-surface',
        className,
      )}
      aria-hidden
    >
      {Array.from(name.trim())[0]?.toUpperCase() ?? ''}
    </span>
  )
}

import { classNames } from './class-names'

interface Props {
  /** What the bar says, for those who do not see it, e.g. "₩1,800,000 of ₩2,000,000 used". */
  readonly label: string
  /** Parts of the whole, 0 to 1, drawn after each other. The last one is drawn lighter: it is only set aside. */
  readonly used: number
  readonly setAside?: number
  readonly className?: string
}

/** How much of a limit is used. Put the figures beside it: the bar alone is not enough. */
export function LimitBar({ label, used, setAside = 0, className }: Props) {
  const share = (part: number) => `${Math.min(Math.max(part, 0), 1) * 100}%`
  const tone = used >= 0.9 ? 'fill-bad' : used >= 0.75 ? 'fill-series-2' : 'fill-accent'
  return (
    <svg
      className={classNames('block h-2 w-full overflow-hidden rounded-full', className)}
      role="img"
      aria-label={label}
    >
      <rect width="100%" height="100%" className="fill-hover" />
      <rect width={share(used + setAside)} height="100%" className={classNames(tone, 'opacity-40')} />
      <rect width={share(used)} height="100%" className={tone} />
    </svg>
  )
}

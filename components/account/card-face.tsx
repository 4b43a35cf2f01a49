import { classNames } from '../ui/class-names'

interface Props {
  readonly issuer: string
  readonly lastFour: string
  readonly className?: string
}

// One quiet colour an issuer, always the same: the name beside it says which it is.
const FACES = ['bg-series-1', 'bg-series-3', 'bg-series-6', 'bg-series-4', 'bg-series-5', 'bg-series-2'] as const

/** A small picture of a card, so that a wallet can be told apart at a glance. */
export function CardFace({ issuer, lastFour, className }: Props) {
  const place = Array.from(issuer).reduce((hash, letter) => (hash * 37 + (letter.codePointAt(0) ?? 0)) % 997, 7)
  return (
    <span
      className={classNames(
        'relative flex h-9 w-14 shrink-0 items-end overflow-hidden rounded-[0.4rem] p-1',
        FACES[place % FACES.length],
        className,
      )}
      aria-hidden
    >
      <span className="absolute top-1.5 left-1.5 h-2 w-2.5 rounded-[2px] bg-surface opacity-60" />
      <span className="figures ml-auto rounded-[3px] bg-surface px-1 py-0.5 text-[0.625rem] leading-none font-semibold text-ink">
        {lastFour}
      </span>
    </span>
  )
}

export interface DrawnStep {
  readonly title: string
  readonly detail: string
  /** Where the step can end the payment: what becomes of it then. */
  readonly no?: string
}

const STEP = { width: 300, height: 64, gap: 34, left: 8 }
const SIDE = { left: 350, width: 132, height: 34 }
/** Longer words would leave their box; they stand whole in the list beside the picture. */
const MOST_LETTERS = 34

/** A flow as a picture: one box a step, and at its side where it can end. The list beside it says the same in words. */
export function FlowPicture({ steps, label }: { steps: readonly DrawnStep[]; label: string }) {
  const height = steps.length * (STEP.height + STEP.gap) - STEP.gap + 4
  const middle = STEP.left + STEP.width / 2
  return (
    <svg viewBox={`0 0 490 ${height}`} role="img" aria-label={label} className="h-auto w-full max-w-xl">
      {steps.map(({ title, detail, no }, index) => {
        const top = 2 + index * (STEP.height + STEP.gap)
        const below = top + STEP.height
        const level = top + STEP.height / 2
        return (
          <g key={`${index} ${title}`}>
            <rect
              x={STEP.left}
              y={top}
              width={STEP.width}
              height={STEP.height}
              rx={12}
              className={no ? 'fill-accent-soft stroke-accent' : 'fill-sunken stroke-line-strong'}
            />
            <text x={STEP.left + 18} y={top + 27} className="fill-ink text-[14px] font-semibold">
              {title}
            </text>
            <text x={STEP.left + 18} y={top + 47} className="fill-ink-soft text-[12px]">
              {shortened(detail)}
            </text>
            {no ? (
              <>
                <path
                  d={`M${STEP.left + STEP.width} ${level} H${SIDE.left - 5} m-6 -4 l6 4 l-6 4`}
                  className="fill-none stroke-line-strong"
                  strokeWidth={1.5}
                />
                <rect
                  x={SIDE.left}
                  y={level - SIDE.height / 2}
                  width={SIDE.width}
                  height={SIDE.height}
                  rx={SIDE.height / 2}
                  className="fill-raised stroke-line-strong"
                />
                <text
                  x={SIDE.left + SIDE.width / 2}
                  y={level + 4}
                  textAnchor="middle"
                  className="fill-ink-soft text-[12px]"
                >
                  {no}
                </text>
              </>
            ) : null}
            {index < steps.length - 1 ? (
              <path
                d={`M${middle} ${below} V${below + STEP.gap - 3} m-5 -7 l5 7 l5 -7`}
                className="fill-none stroke-line-strong"
                strokeWidth={1.5}
              />
            ) : null}
          </g>
        )
      })}
    </svg>
  )
}

function shortened(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text
}

/** The same steps as a list. */
export function FlowList({ steps, label }: { steps: readonly DrawnStep[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col gap-3">
      {steps.map(({ title, detail }, index) => (
        <li key={`${index} ${title}`} className="flex gap-3 text-sm">
          <span className="figures flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-strong">
            {index + 1}
          </span>
          <span className="min-w-0">
            <span className="block font-medium text-ink">{title}</span>
            <span className="block text-ink-faint">{detail}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

/** How far long work has come, 0 to 1; without a value it only shows that something is going on. */
export function Progress({ label, value }: { label: string; value?: number }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === undefined ? undefined : Math.round(value * 100)}
      className="h-2 w-full overflow-hidden rounded-full bg-hover"
    >
      {value === undefined ? (
        <div className="h-full w-1/3 animate-pulse rounded-full bg-accent" />
      ) : (
        <svg className="size-full">
          <rect width={`${Math.min(Math.max(value, 0), 1) * 100}%`} height="100%" className="fill-accent" />
        </svg>
      )}
    </div>
  )
}

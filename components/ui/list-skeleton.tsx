import { Skeleton } from './skeleton'

interface Props {
  /** Whether they stand above the rows. */
  readonly hasTabs?: boolean
  readonly hasSearch?: boolean
  readonly rows?: number
}

/** A page with a list, while it is being read: the same heights as what comes, so that nothing jumps. */
export function ListSkeleton({ hasTabs = true, hasSearch = true, rows = 8 }: Props) {
  return (
    <div aria-busy>
      <Skeleton className="mb-8 h-9 w-40 max-w-full" />
      {hasTabs ? <Skeleton className="mb-5 h-10 w-full" /> : null}
      {hasSearch ? <Skeleton className="mb-6 h-11 w-full max-w-xs" /> : null}
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center justify-between gap-6 border-b border-line py-4">
          <div className="flex-1">
            <Skeleton className="h-4 w-48 max-w-full" />
            <Skeleton className="mt-2 h-3 w-28" />
          </div>
          <Skeleton className="h-4 w-24" />
        </div>
      ))}
    </div>
  )
}

/** A page about one thing, while it is being read: its facts, and beside them what may be done. */
export function DetailSkeleton() {
  return (
    <div aria-busy>
      <Skeleton className="mb-3 h-4 w-24" />
      <Skeleton className="mb-8 h-9 w-64 max-w-full" />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Skeleton className="h-72 rounded-xl" />
        <Skeleton className="h-48 rounded-xl" />
      </div>
    </div>
  )
}

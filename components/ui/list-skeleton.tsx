import { Skeleton } from './skeleton'

/** A list's shape while it is being read: heading, filters, rows. */
export function ListSkeleton() {
  return (
    <div aria-busy>
      <Skeleton className="mb-8 h-9 w-40" />
      <Skeleton className="mb-5 h-10 w-full" />
      <Skeleton className="mb-6 h-11 w-full max-w-xs" />
      {Array.from({ length: 8 }, (_, row) => (
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

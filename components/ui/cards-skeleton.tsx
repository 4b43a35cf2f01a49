import { Skeleton } from './skeleton'

/** A page with a list of cards, two beside each other where there is room, while it is being read. */
export function CardsSkeleton() {
  return (
    <div aria-busy>
      <Skeleton className="mb-8 h-9 w-40" />
      <div className="grid gap-4 sm:grid-cols-2">
        {Array.from({ length: 4 }, (_, card) => (
          <Skeleton key={card} className="h-36 rounded-xl" />
        ))}
      </div>
    </div>
  )
}

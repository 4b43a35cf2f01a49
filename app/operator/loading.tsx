import { Skeleton } from '@/components/ui/skeleton'

/** The console's shape while its figures are gathered. */
export default function OperatorLoading() {
  return (
    <div aria-busy>
      <Skeleton className="mb-6 h-9 w-48" />
      <Skeleton className="mb-4 h-24 rounded-xl" />
      <Skeleton className="h-80 rounded-xl" />
    </div>
  )
}

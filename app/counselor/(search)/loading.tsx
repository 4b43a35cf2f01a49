import { Skeleton } from '@/components/ui/skeleton'

/** The desk's shape while it looks. */
export default function CounselorLoading() {
  return (
    <div aria-busy>
      <Skeleton className="mb-6 h-9 w-40" />
      <Skeleton className="mb-6 h-14 w-full max-w-2xl" />
      <Skeleton className="h-64 rounded-xl" />
    </div>
  )
}

import { Skeleton } from '@/components/ui/skeleton'

/** The shape of a payment's page while it is being read. */
export default function PaymentLoading() {
  return (
    <div aria-busy>
      <Skeleton className="mb-3 h-5 w-24" />
      <Skeleton className="mb-8 h-9 w-48" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-64 rounded-xl" />
        <Skeleton className="h-96 rounded-xl" />
      </div>
    </div>
  )
}

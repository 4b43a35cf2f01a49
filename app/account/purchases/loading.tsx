import { ListSkeleton } from '@/components/ui/list-skeleton'

/** Purchases have tabs above them, and nothing to search. */
export default function Loading() {
  return <ListSkeleton hasSearch={false} />
}

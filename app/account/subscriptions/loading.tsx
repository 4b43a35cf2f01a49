import { ListSkeleton } from '@/components/ui/list-skeleton'

/** Subscriptions have tabs above them, and nothing to search. */
export default function Loading() {
  return <ListSkeleton hasSearch={false} />
}

import { DetailSkeleton } from '@/components/ui/list-skeleton'

export default DetailSkeleton

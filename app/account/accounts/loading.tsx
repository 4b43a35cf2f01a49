import { CardsSkeleton } from '@/components/ui/cards-skeleton'

export default CardsSkeleton

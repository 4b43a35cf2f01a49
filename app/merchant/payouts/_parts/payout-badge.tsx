import { getTranslations } from 'next-intl/server'
import { Badge, type Tone } from '@/components/ui/badge'
import type { PayoutState } from '@/lib/settlement/payout'

const TONES: Readonly<Record<PayoutState, Tone>> = {
  ...{ collecting: 'info', blocked: 'warn', waiting: 'warn', carried: 'neutral', due: 'info' },
  ...{ filed: 'info', accepted: 'info', paid: 'good', rejected: 'bad' },
}

/** Where a payout stands, in a word. */
export async function PayoutBadge({ state }: { state: PayoutState }) {
  const t = await getTranslations('settlement.state')
  return <Badge tone={TONES[state]}>{t(state)}</Badge>
}

import { getTranslations } from 'next-intl/server'
import { Badge, type Tone } from '@/components/ui/badge'
import type { StatementState } from '@/lib/statements/statement'

const TONES: Readonly<Record<StatementState, Tone>> = {
  ...{ reading: 'info', read: 'info', broken: 'bad', repeated: 'neutral', compared: 'good' },
}

/** Where a statement stands, in a word; one with lines that our books do not have is not in order. */
export async function StatementBadge({ state, listed }: { state: StatementState; listed: number }) {
  const t = await getTranslations('settlement.statements.state')
  const isOdd = state === 'compared' && listed > 0
  return <Badge tone={isOdd ? 'warn' : TONES[state]}>{isOdd ? t('differs') : t(state)}</Badge>
}

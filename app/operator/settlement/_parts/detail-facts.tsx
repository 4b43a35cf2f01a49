import { getTranslations } from 'next-intl/server'
import { formatMoney } from '@/components/i18n/format'
import { Fact } from '@/components/ui/facts'
import { Original } from '@/components/ui/original'
import type { Difference } from '@/lib/reconciliation/difference'
import { readDetail } from './difference-detail'
import { movementKind } from './movement-kind'

interface Props {
  readonly difference: Pick<Difference, 'detail' | 'currency'>
  readonly locale: 'ko' | 'en'
}

/** What stands beside the sums of a difference: totals of each side, and where it was found. */
export async function DetailFacts({ difference: { detail, currency }, locale }: Props) {
  const [t, kinds, codes] = await Promise.all([
    getTranslations('settlement.difference.detail'),
    getTranslations('settlement.statements.kind'),
    getTranslations('codes'),
  ])
  return Object.entries(detail).map(([key, value]) => {
    const read = readDetail(key, value)
    if (read.kind === 'total') {
      const { part, side, count, amount } = read
      return (
        <Fact key={key} name={t(side, { part: t(`part.${part}`) })}>
          <span className="figures">{t('counted', { count, amount: formatMoney(amount, currency, locale) })}</span>
        </Fact>
      )
    }
    if (read.text === '') return null
    if (read.name === 'fault')
      return (
        <div key={key} className="py-2.5">
          <p className="text-bad">{codes('file.statement')}</p>
          <Original label={codes('original')}>{read.text}</Original>
        </div>
      )
    return (
      <Fact key={key} name={t(`name.${read.name}`)}>
        <span className="break-all">{read.name === 'what' ? kinds(movementKind(read.text)) : read.text}</span>
      </Fact>
    )
  })
}

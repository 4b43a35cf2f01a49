import type { PreferenceWeights } from '@/lib/vcard/survey'
import type accountTexts from '@/locales/ko/account.json'
import { fill } from '../i18n/fill'
import { formatPercent } from '../i18n/format'
import { SeriesDot, StackedBar } from '../ui/stacked-bar'

interface Props {
  readonly weights: PreferenceWeights
  readonly locale: string
  readonly words: (typeof accountTexts)['preferences']
}

/** What answers mean: how much costs and rewards count, and how bills are assumed to be paid. */
export function WeightsView({ weights, locale, words }: Props) {
  const { cost, bonus, repaymentMode } = weights
  const percent = (part: number) => formatPercent(part, locale, 0)
  return (
    <div>
      <StackedBar
        className="h-5"
        label={fill(words.weightsLabel, { cost: percent(cost), bonus: percent(bonus) })}
        parts={[
          { id: 'cost', label: words.cost, value: cost },
          { id: 'bonus', label: words.bonus, value: bonus },
        ]}
      />
      <dl className="mt-3 grid grid-cols-2 gap-4 text-sm">
        <Weight index={0} name={words.cost} text={words.costText} value={percent(cost)} />
        <Weight index={1} name={words.bonus} text={words.bonusText} value={percent(bonus)} />
      </dl>
      <p className="mt-3 text-sm text-ink-faint">{words.mode[repaymentMode]}</p>
    </div>
  )
}

function Weight({ index, name, text, value }: { index: number; name: string; text: string; value: string }) {
  return (
    <div>
      <dt className="flex items-center gap-2 text-ink-soft">
        <SeriesDot index={index} />
        {name}
      </dt>
      <dd>
        <span className="figures text-xl font-bold text-ink">{value}</span>
        <span className="block text-xs text-ink-faint">{text}</span>
      </dd>
    </div>
  )
}

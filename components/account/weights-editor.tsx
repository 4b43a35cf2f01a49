'use client'

import type { RewardType } from '@/lib/vcard/optimizer/instance'
import type { Adjustments, PreferenceWeights } from '@/lib/vcard/survey'
import type accountTexts from '@/locales/ko/account.json'
import { formatPercent } from '../i18n/format'
import { Button } from '../ui/button'

interface Props {
  readonly weights: PreferenceWeights
  readonly adjusted: Adjustments
  readonly onAdjusted: (adjusted: Adjustments) => void
  readonly locale: string
  readonly words: {
    readonly preferences: (typeof accountTexts)['preferences']
    readonly types: Record<RewardType, string>
  }
}

const TYPES = ['cashback', 'miles', 'points', 'discount'] as const

/** Sets the weights by hand; each wins over what the survey says until it is put back. */
export function WeightsEditor({ weights, adjusted, onAdjusted, locale, words }: Props) {
  const t = words.preferences
  return (
    <div className="flex flex-col gap-4">
      <Slider
        id="weight-cost"
        label={t.adjustCost}
        value={weights.cost}
        locale={locale}
        onValue={(cost) => onAdjusted({ ...adjusted, cost })}
      />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-sm font-medium text-ink">{t.affinity}</legend>
        {TYPES.map((type) => (
          <Slider
            key={type}
            id={`affinity-${type}`}
            label={words.types[type]}
            value={weights.rewardAffinity[type]}
            locale={locale}
            onValue={(value) =>
              onAdjusted({ ...adjusted, rewardAffinity: { ...adjusted.rewardAffinity, [type]: value } })
            }
          />
        ))}
      </fieldset>
      {Object.keys(adjusted).length > 0 ? (
        <Button size="small" className="self-start" onClick={() => onAdjusted({})}>
          {t.reset}
        </Button>
      ) : null}
    </div>
  )
}

interface SliderProps {
  readonly id: string
  readonly label: string
  readonly value: number
  readonly locale: string
  readonly onValue: (value: number) => void
}

function Slider({ id, label, value, locale, onValue }: SliderProps) {
  const shown = formatPercent(value, locale, 0)
  return (
    <div>
      <div className="flex justify-between gap-4 text-sm">
        <label htmlFor={id} className="text-ink-soft">
          {label}
        </label>
        <output htmlFor={id} className="figures font-medium text-ink">
          {shown}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={5}
        value={Math.round(value * 100)}
        aria-valuetext={shown}
        className="slider h-8 w-full text-accent"
        onChange={({ target }) => onValue(Number(target.value) / 100)}
      />
    </div>
  )
}

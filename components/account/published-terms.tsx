import { Tag } from 'lucide-react'
import type { PublishedReward, PublishedTerms } from '@/lib/gateways/issuer-terms/issuer-terms'
import type accountTexts from '@/locales/ko/account.json'
import { fill } from '../i18n/fill'
import { formatDate, formatMoney, formatPercent } from '../i18n/format'
import { Fact, Facts } from '../ui/facts'

type Words = (typeof accountTexts)['card']

interface Props {
  readonly terms: PublishedTerms
  readonly locale: 'ko' | 'en'
  readonly words: Words
}

/** What the issuer publishes about a card: interest, payments, fees, and its rewards and promotions. */
export function PublishedTermsView({ terms, locale, words }: Props) {
  const { apr, minPayment, fee, annualFee, minCharge, maxCharge, rewards, currency } = terms
  const money = (amount: bigint) => formatMoney(amount, currency, locale)
  const perPurchase = [
    ...(fee.fixed > 0n ? [money(fee.fixed)] : []),
    ...(fee.bps > 0 ? [formatPercent(fee.bps / 10_000, locale, 2)] : []),
  ]
  return (
    <>
      <Facts>
        <Fact name={words.apr}>{formatPercent(apr, locale, 2)}</Fact>
        <Fact name={words.minPayment}>{money(minPayment)}</Fact>
        <Fact name={words.fee}>{perPurchase.length > 0 ? perPurchase.join(' + ') : money(0n)}</Fact>
        <Fact name={words.annualFee}>{money(annualFee)}</Fact>
        {minCharge === undefined ? null : <Fact name={words.minCharge}>{money(minCharge)}</Fact>}
        {maxCharge === undefined ? null : <Fact name={words.maxCharge}>{money(maxCharge)}</Fact>}
      </Facts>
      <h3 className="mt-5 mb-2 text-sm font-semibold text-ink">{words.rewards}</h3>
      {rewards.length === 0 ? (
        <p className="text-sm text-ink-faint">{words.noRewards}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {rewards.map((reward) => (
            <li key={reward.id} className="flex gap-3 rounded-md bg-sunken px-3.5 py-3 text-sm">
              <Tag className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
              <span className="min-w-0 flex-1">
                {reward.label ? <span className="block font-medium text-ink">{reward.label[locale]}</span> : null}
                <span className="figures block text-ink-soft">{sentenceOf(reward, words, locale, money)}</span>
              </span>
              <span className="shrink-0 text-xs text-ink-faint">
                {reward.endsAt
                  ? fill(words.until, { date: formatDate(new Date(reward.endsAt), locale) })
                  : words.always}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function sentenceOf(reward: PublishedReward, words: Words, locale: string, money: (amount: bigint) => string): string {
  const type = words.type[reward.type]
  if (reward.kind === 'bonus') {
    return fill(words.bonus, { spend: money(reward.minSpend ?? 1n), value: money(reward.value), type })
  }
  const rate = fill(words.rate, { percent: formatPercent(reward.valueBps / 10_000, locale, 2), type })
  const floor = reward.floor ? fill(words.rateFloor, { amount: money(reward.floor) }) : undefined
  const cap = reward.cap ? fill(words.rateCap, { amount: money(reward.cap) }) : undefined
  return [rate, floor, cap].filter(Boolean).join(', ')
}

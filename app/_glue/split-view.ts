import 'server-only'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { fill } from '@/components/i18n/fill'
import { formatMoney, formatPercent } from '@/components/i18n/format'
import type { EvaluatedSplit, SplitFigures, SplitRow, SplitView } from '@/components/split/split-view'
import type { WalletCard } from '@/lib/cards/wallet-card'
import type { Currency } from '@/lib/money/currency'
import { parseMinorUnits } from '@/lib/money/money'
import { mergedReasons } from '@/lib/vcard/merged-reasons'
import type { MergedReason } from '@/lib/vcard/merged-reasons'
import type { Evaluation, Figures, Proposal, ProposedShare } from '@/lib/vcard/proposal'
import splitKo from '@/locales/ko/split.json'
import splitEn from '@/locales/en/split.json'
import { cardName } from './names'

const wholeUnits = (value: number) => BigInt(Math.round(value))

/**
 * The model's exact figures in whole minor units, as people read them. `net` is what the optimizer weighs: interest paid
 * over months in today's money, plus fees, less rewards (N1). The interest beside it is the plain sum of the months.
 */
function figuresOf(amount: bigint, { interest, rewards, fees, cost }: Figures): SplitFigures {
  return {
    interest: wholeUnits(interest),
    rewards: wholeUnits(rewards),
    fees: wholeUnits(fees),
    net: wholeUnits(cost - rewards) - amount,
  }
}

interface Reader {
  readonly locale: 'ko' | 'en'
  readonly words: typeof splitKo
  readonly currency: Currency
  nameOf(cardId: string): string
}

async function readerOf(wallet: readonly WalletCard[], currency: Currency): Promise<Reader> {
  const locale = await getLocale()
  const cards = new Map(wallet.map((card) => [card.id, card]))
  return {
    locale,
    words: locale === 'en' ? splitEn : splitKo,
    currency,
    nameOf(cardId) {
      const card = cards.get(cardId)
      return card ? cardName(card, locale) : ''
    },
  }
}

/** A proposal in the reader's language, with the cards' own names. The largest shares come first. */
export async function splitView(proposal: Proposal, wallet: readonly WalletCard[]): Promise<SplitView> {
  if (proposal.kind === 'refused') {
    const t = await getTranslations('split.fault')
    return { kind: 'infeasible', why: t(proposal.reason), leftOut: [] }
  }
  const { currency } = proposal.amount
  const reader = await readerOf(wallet, currency)
  const leftOut = proposal.leftOut.map(({ cardId, reason }) => ({
    name: reader.nameOf(cardId),
    why: reader.words.left[reason],
  }))
  if (proposal.kind === 'infeasible') return { kind: 'infeasible', why: whyInfeasible(proposal, reader), leftOut }

  const masks = new Map(wallet.map(({ id, masked }) => [id, masked]))
  const shares = new Map(proposal.shares.map((share) => [share.cardId, share]))
  const rows = proposal.considered
    .map(({ cardId, room }): SplitRow => {
      const share = shares.get(cardId)
      const name = reader.nameOf(cardId)
      const bare = { cardId, name, masked: masks.get(cardId) ?? '', room, amount: share?.amount ?? 0n }
      return share
        ? { ...bare, figures: figuresOf(share.amount, share), sentence: sentenceOf(name, share, reader) }
        : bare
    })
    .sort((a, b) => (a.amount === b.amount ? 0 : a.amount > b.amount ? -1 : 1))
  const { bestSingle } = proposal
  return {
    kind: 'proposed',
    amount: proposal.amount.amount,
    currency,
    recommendation: proposal.recommendation,
    rows,
    totals: figuresOf(proposal.amount.amount, proposal.totals),
    stale: proposal.considered
      .filter(({ terms }) => terms.kind === 'feed' && terms.isSilent)
      .map(({ cardId }) => reader.nameOf(cardId)),
    leftOut,
    ...(bestSingle && {
      bestSingle: {
        cardId: bestSingle.cardId,
        name: reader.nameOf(bestSingle.cardId),
        figures: figuresOf(bestSingle.amount, bestSingle),
      },
    }),
  }
}

/** What edited shares cost and earn, or in words why they cannot be. */
export async function evaluatedView(
  evaluation: Evaluation,
  wallet: readonly WalletCard[],
  currency: Currency,
): Promise<EvaluatedSplit> {
  const reader = await readerOf(wallet, currency)
  if (evaluation.kind === 'refused') {
    const name = 'cardId' in evaluation ? reader.nameOf(evaluation.cardId) : ''
    return { kind: 'refused', message: fill(reader.words.fault[evaluation.reason], { name }) }
  }
  return {
    kind: 'evaluated',
    rows: evaluation.shares.map((share) => ({ cardId: share.cardId, figures: figuresOf(share.amount, share) })),
    totals: figuresOf(evaluation.amount.amount, evaluation.totals),
  }
}

/** Shares as a browser sends them; undefined for anything else. Cards may be named once each. */
export function readShares(given: unknown): { cardId: string; amount: bigint }[] | undefined {
  const shares = sharesSchema.safeParse(given)
  if (!shares.success) return undefined
  const isTwice = new Set(shares.data.map(({ cardId }) => cardId)).size !== shares.data.length
  return isTwice ? undefined : shares.data
}

const sharesSchema = z
  .array(
    z.strictObject({
      cardId: z.uuid(),
      amount: z.union([
        z.bigint().positive(),
        z
          .string()
          .transform((text) => parseMinorUnits(text) ?? 0n)
          .refine((amount) => amount > 0n),
      ]),
    }),
  )
  .min(1)
  .max(50)

function sentenceOf(name: string, share: ProposedShare, reader: Reader): string {
  const amount = formatMoney(share.amount, reader.currency, reader.locale)
  const reasons = mergedReasons(share.reasons)
    .map((reason) => reasonText(reason, reader))
    .join(', ')
  return fill(reader.words.sentence, { name, amount, reasons })
}

function reasonText(reason: MergedReason, { words, locale, currency }: Reader): string {
  const money = (value: bigint) => formatMoney(value, currency, locale)
  const text = words.why[reason.code]
  switch (reason.code) {
    case 'earns':
    case 'up-to-cap':
    case 'reaches-bonus': {
      const { reward } = reason
      const spend = reason.code === 'reaches-bonus' ? money(reason.minSpend) : ''
      const named = { reward: words.reward[reward.type], value: money(wholeUnits(reward.value)) }
      const labels = 'labels' in reason ? reason.labels : reward.label ? [reward.label] : []
      const promotion = labels.length > 0 ? ` (${labels.map((label) => label[locale]).join(', ')})` : ''
      return fill(text, { ...named, spend }) + promotion
    }
    case 'lowest-interest':
      return fill(text, { rate: formatPercent(reason.apr, locale) })
    case 'all-its-room':
    case 'largest-charge':
    case 'rest':
      return text
  }
}

function whyInfeasible({ reason, considered }: Extract<Proposal, { kind: 'infeasible' }>, reader: Reader): string {
  const { words, locale, currency } = reader
  switch (reason.code) {
    case 'CAPACITY_SHORT':
    case 'MAX_CARDS_CAPACITY_SHORT':
      return considered.length === 0
        ? words.noCards
        : fill(words.shortBy, { amount: formatMoney(BigInt(reason.shortBy), currency, locale) })
    case 'AMOUNT_TOO_LARGE':
      return fill(words.tooLarge, { amount: formatMoney(reason.largest, currency, locale) })
    case 'MIN_CHARGE_CONFLICT':
    case 'REQUIRED_CARD_UNAVAILABLE':
    case 'REQUIRED_EXCEEDS_MAX_CARDS':
    case 'REQUIRED_MIN_CHARGE_ABOVE_AMOUNT':
      return words.conflict
  }
}

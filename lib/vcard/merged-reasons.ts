import type { EarnedReward, ShareReason } from './proposal'

type Rate = Extract<ShareReason, { code: 'earns' | 'up-to-cap' }>

/** Rewards of one kind told together: their sum, and the promotions among them. */
export interface MergedRate {
  readonly code: Rate['code']
  readonly reward: EarnedReward
  readonly labels: readonly NonNullable<EarnedReward['label']>[]
}

export type MergedReason = Exclude<ShareReason, Rate> | MergedRate

const isRate = (reason: ShareReason): reason is Rate => reason.code === 'earns' || reason.code === 'up-to-cap'

/** Reasons as a sentence lists them: "₩4,800 in miles (double miles in November)", where the rules say miles twice. */
export function mergedReasons(reasons: readonly ShareReason[]): MergedReason[] {
  const rates = reasons.filter(isRate)
  return reasons.flatMap((reason): MergedReason[] => {
    if (!isRate(reason)) return [reason]
    const alike = rates.filter(({ reward }) => reward.type === reason.reward.type)
    if (alike[0] !== reason) return []
    const value = alike.reduce((total, { reward }) => total + reward.value, 0)
    // More would earn more as long as one of them has no end.
    const code = alike.every((each) => each.code === 'up-to-cap') ? 'up-to-cap' : 'earns'
    const labels = alike.flatMap(({ reward }) => (reward.label ? [reward.label] : []))
    return [{ code, reward: { ...reason.reward, value }, labels }]
  })
}

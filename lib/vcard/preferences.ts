import { z } from 'zod'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { uuidAt } from '../ids'
import { findPreferences, insertPreference } from './store'
import type { Adjustments, Answers, PreferenceWeights } from './survey'
import { survey, usualWeights, weightsOf } from './survey'

/** One answered survey. */
export interface Preference {
  readonly answers: Answers
  readonly adjusted: Adjustments
  readonly weights: PreferenceWeights
  readonly answeredAt: Date
}

const keysOf = <Key extends string>(answers: Readonly<Record<Key, unknown>>) => Object.keys(answers) as [Key, ...Key[]]

const fraction = z.number().min(0).max(1)

const answersSchema = z.strictObject({
  feature: z.enum(keysOf(survey.feature)),
  reward: z.enum(keysOf(survey.reward)),
  bill: z.enum(keysOf(survey.bill)),
})

const adjustmentsSchema = z.strictObject({
  cost: fraction.optional(),
  rewardAffinity: z
    .strictObject({
      cashback: fraction.optional(),
      miles: fraction.optional(),
      points: fraction.optional(),
      discount: fraction.optional(),
    })
    .optional(),
  discountRate: fraction.optional(),
})

/** A filled-in survey as it comes from outside. */
export const filledSurveySchema = z.strictObject({ answers: answersSchema, adjusted: adjustmentsSchema.default({}) })
export type FilledSurvey = z.input<typeof filledSurveySchema>

/** The weights are kept as they were reckoned then: a later change of the points changes nobody's preferences. */
const weightsSchema = z.object({
  cost: fraction,
  bonus: fraction,
  rewardAffinity: z.object({ cashback: fraction, miles: fraction, points: fraction, discount: fraction }),
  repaymentMode: z.enum(['in_full', 'minimum_over_time']),
  discountRate: fraction,
})

/** What shoppers said they care about. Nothing is overwritten: the newest survey counts (M-265). */
export interface Preferences {
  /** The weights in force; the usual ones while the survey is unanswered. */
  weights(shopperId: Uuid): Promise<PreferenceWeights>
  /** The newest answers; undefined while there are none. */
  current(shopperId: Uuid): Promise<Preference | undefined>
  /** Newest first. */
  history(shopperId: Uuid, limit?: number): Promise<Preference[]>
  save(shopperId: Uuid, filled: FilledSurvey): Promise<Preference>
}

export function createPreferences({ database, clock }: { database: Database; clock: Clock }): Preferences {
  async function history(shopperId: Uuid, limit = 20): Promise<Preference[]> {
    const rows = await findPreferences(database.prisma, shopperId, limit)
    return rows.map(({ answers, weights, createdAt }) => ({
      ...filledSurveySchema.parse(answers),
      weights: weightsSchema.parse(weights),
      answeredAt: createdAt,
    }))
  }

  async function current(shopperId: Uuid): Promise<Preference | undefined> {
    return (await history(shopperId, 1))[0]
  }

  return {
    history,
    current,
    weights: async (shopperId) => (await current(shopperId))?.weights ?? usualWeights,
    async save(shopperId, filled) {
      const { answers, adjusted } = filledSurveySchema.parse(filled)
      const now = clock.now()
      const weights = weightsOf(answers, adjusted)
      await insertPreference(database.prisma, {
        shopperId,
        id: uuidAt(now),
        answers: { answers, adjusted },
        weights: { ...weights, rewardAffinity: { ...weights.rewardAffinity } },
        createdAt: now,
      })
      return { answers, adjusted, weights, answeredAt: now }
    },
  }
}

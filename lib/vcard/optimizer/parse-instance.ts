import type { Instance } from './instance'
import { rewardTypes } from './instance'
import { parseInstant } from './instant'
import type { Issue } from './invalid-instance'
import { InvalidInstance } from './invalid-instance'
import type { Check, JsonObject } from './shape'
import { distinct, integer, isObject, list, number, object, oneOf, refuse, text } from './shape'

const KEY = /^[A-Za-z0-9._:-]{1,64}$/
const CURRENCY = /^[A-Z]{3}$/
/** The weights may differ from 1 by 1e-9; the rest allows for the rounding of their binary sum. */
const WEIGHT_TOLERANCE = 1e-9 + 1e-15

const key = text((value) => KEY.test(value), 'a key: 1 to 64 letters, digits or . _ : -')
const instant = text(
  (value) => parseInstant(value) !== undefined,
  'an instant as in 2024-06-15T12:00:00Z, on a day that exists, with an offset',
)
const money = integer(0, 1e10)
const positiveMoney = integer(1, 1e10)
const fraction = number(0, 1)

const anyReward = { type: oneOf(rewardTypes), kind: oneOf(['rate', 'bonus']) }
const anyWindow = {
  startsAt: instant,
  endsAt: instant,
  merchantIds: distinct(key, { minItems: 1, maxItems: 100 }),
}
const rateReward = object({
  required: { ...anyReward, valueBps: integer(0, 10_000) },
  optional: { ...anyWindow, floor: money, cap: positiveMoney },
})
const bonusReward = object({
  required: { ...anyReward, value: integer(0, 1e9) },
  optional: { ...anyWindow, minSpend: positiveMoney },
})
const reward: Check = (value, path, issues) => {
  const check = isObject(value) && value.kind === 'bonus' ? bonusReward : rateReward
  check(value, path, issues)
}

const card = object({
  required: { id: key, creditLimit: money, balance: money, apr: fraction, minPayment: money },
  optional: {
    minCharge: positiveMoney,
    maxCharge: positiveMoney,
    fee: object({ required: {}, optional: { fixed: integer(0, 1e9), bps: integer(0, 10_000) } }),
    rewards: list(reward, { maxItems: 20 }),
  },
})

const preferences = object({
  required: {
    weights: object({ required: { cost: fraction, bonus: fraction }, optional: {} }),
    repaymentMode: oneOf(['in_full', 'minimum_over_time']),
    discountRate: fraction,
  },
  optional: {
    rewardAffinity: object({
      required: {},
      optional: Object.fromEntries(rewardTypes.map((type) => [type, fraction])),
    }),
    requiredCards: distinct(key, { maxItems: 50 }),
    excludedCards: distinct(key, { maxItems: 50 }),
    maxCards: integer(1, 50),
  },
})

const instance = object({
  required: {
    spec: oneOf(['vcard-optimizer/1']),
    amount: integer(1, 1e9),
    currency: text((value) => CURRENCY.test(value), 'three capital letters'),
    at: instant,
    preferences,
    cards: list(card, { maxItems: 50 }),
  },
  optional: {
    id: text((value) => value !== '' && [...value].length <= 128, 'a text of 1 to 128 characters'),
    merchantId: key,
  },
})

/**
 * Takes only what is an instance in every respect.
 *
 * @throws InvalidInstance with everything that is wrong: unknown members, wrong types and values out of range, and,
 * where the form is right, contradictions between members.
 */
export function parseInstance(value: unknown): Instance {
  const issues: Issue[] = []
  instance(value, '', issues)
  if (issues.length === 0) findContradictions(value as unknown as Instance, issues)
  if (issues.length > 0) throw new InvalidInstance(issues)
  return value as unknown as Instance
}

/** The name of an instance, valid or not, or undefined when it has none that could be echoed. */
export function instanceId(value: unknown): string | undefined {
  const { id }: JsonObject = isObject(value) ? value : {}
  return typeof id === 'string' ? id : undefined
}

function findContradictions({ preferences, cards }: Instance, issues: Issue[]): void {
  const { cost, bonus } = preferences.weights
  if (Math.abs(cost + bonus - 1) > WEIGHT_TOLERANCE) refuse(issues, '/preferences/weights', 'must sum to 1')

  const ids = new Set<string>()
  cards.forEach(({ id, minCharge = 1, maxCharge = Infinity, rewards = [] }, position) => {
    const path = `/cards/${position}`
    if (ids.has(id)) refuse(issues, `${path}/id`, `is the id of another card too: "${id}"`)
    ids.add(id)
    if (minCharge > maxCharge) refuse(issues, `${path}/minCharge`, 'must not be above maxCharge')
    rewards.forEach(({ startsAt, endsAt }, rule) => {
      if (startsAt === undefined || endsAt === undefined) return
      if (parseInstant(endsAt)! <= parseInstant(startsAt)!) {
        refuse(issues, `${path}/rewards/${rule}/endsAt`, 'must be after startsAt')
      }
    })
  })

  for (const name of ['requiredCards', 'excludedCards'] as const) {
    preferences[name]?.forEach((id, position) => {
      if (!ids.has(id)) refuse(issues, `/preferences/${name}/${position}`, `names no card: "${id}"`)
    })
  }
}

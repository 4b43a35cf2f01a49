import { addUnits, type Day, dayInMonthOf, dayOfMonth, daysBetween, startOf } from '../calendar'
import type { Plan } from './plan'

type Terms = Pick<Plan, 'unit' | 'every' | 'anchorDay' | 'amount'>

/** From where whole periods are counted. Counting from one day keeps the 31st of months that have one. */
export interface Course {
  readonly anchorDate: Day
  readonly anchorDay: number
  /** The period that begins on anchorDate. One before it is shorter than a whole one. */
  readonly anchorPeriod: number
}

/** Days from startsOn up to, not with, endsOn. */
export interface Period {
  readonly number: number
  readonly startsOn: Day
  readonly endsOn: Day
  /** What it costs, in minor units: the plan's amount, or its part for a period that is not whole. */
  readonly price: bigint
}

/**
 * The course of a subscription whose period of that number begins on a day. Where the plan has a day of the month of its
 * own and this is another, a shorter period leads to it.
 */
export function courseFrom(terms: Terms, day: Day, number: number): Course {
  const { anchorDay } = terms
  if (terms.unit !== 'month' || anchorDay === undefined || dayInMonthOf(day, anchorDay) === day) {
    return { anchorDate: day, anchorDay: anchorDay ?? dayOfMonth(day), anchorPeriod: number }
  }
  const inMonth = dayInMonthOf(day, anchorDay)
  const anchorDate = inMonth > day ? inMonth : addUnits(inMonth, 'month', 1, anchorDay)
  return { anchorDate, anchorDay, anchorPeriod: number + 1 }
}

/**
 * The period of that number. The short one before the first whole one costs its share by days of the whole period that
 * would have ended with it, rounded down.
 *
 * @param startsOn when the short one begins
 */
export function periodOf(terms: Terms, course: Course, number: number, startsOn: Day): Period {
  const { unit, every, amount } = terms
  const { anchorDate, anchorDay, anchorPeriod } = course
  if (number < anchorPeriod) {
    const whole = daysBetween(addUnits(anchorDate, unit, -every, anchorDay), anchorDate)
    const price = (amount * BigInt(daysBetween(startsOn, anchorDate))) / BigInt(whole)
    return { number, startsOn, endsOn: anchorDate, price }
  }
  const dayOf = (count: number) => addUnits(anchorDate, unit, count * every, anchorDay)
  const passed = number - anchorPeriod
  return { number, startsOn: dayOf(passed), endsOn: dayOf(passed + 1), price: amount }
}

/**
 * What a change of the price within a period adds to the next charge: the new price for the rest of the period less the
 * old one for it, each rounded down to the minor unit. Below zero it is a credit.
 */
export function prorated(
  { from, to }: { from: bigint; to: bigint },
  period: Pick<Period, 'startsOn' | 'endsOn'>,
  now: Date,
  zone: string,
): bigint {
  const [begun, over] = [startOf(period.startsOn, zone).getTime(), startOf(period.endsOn, zone).getTime()]
  const whole = BigInt(over - begun)
  const left = BigInt(Math.min(Math.max(over - now.getTime(), 0), over - begun))
  return (to * left) / whole - (from * left) / whole
}

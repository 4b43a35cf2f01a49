/** Chance that can be had again: the same seed draws the same, so that a failed run can be repeated. */
export interface Chance {
  /** A whole number from 0 to below the limit. */
  below(limit: number): number
  /** True so many times in a hundred. */
  percent(likelihood: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

/** Mulberry32: 32 bits of state, even enough for choosing what to break next. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    percent: (likelihood) => next() * 100 < likelihood,
    pick: (items) => items[below(items.length)]!,
  }
}

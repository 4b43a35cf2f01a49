import type { Candidate } from './relaxation'
import type { Pausable, Work } from './work'

/** Words that are looked at between two chances to pause. */
const CHUNK = 1 << 18
/** A word takes so much less time than a vertex of a curve. */
const WORDS_A_VERTEX = 64
const ALL = 0xffffffff

/** What a card can add to a sum besides nothing. */
interface Step {
  readonly least: number
  readonly most: number
}

/**
 * Whether some charges on the candidates add up to the amount, whatever they are worth.
 *
 * One bit for every sum up to the amount and one pass over them for every card: 125 megabytes at 10⁹ units, however many different
 * sums there are. Where every card takes one large charge or none these may be as many as there are sets of cards.
 */
export function* addsUp(candidates: readonly Candidate[], amount: number, work: Work): Pausable<boolean> {
  const { steps, rest } = stepsOf(candidates, amount)
  if (rest < 0) return false
  const sums = new Uint32Array((rest >>> 5) + 1)
  sums[0] = 1
  let reached = 0
  let ahead = steps.reduce((sum, { most }) => sum + most, 0)
  for (const step of steps) {
    // From below this no sum comes up to the rest any more.
    const needed = Math.max(0, rest - ahead)
    ahead -= step.most
    if (step.most - step.least < 31) {
      yield* addNarrow(sums, step, Math.max(0, rest - ahead), Math.min(rest, reached + step.most), work)
    } else {
      yield* addWide(sums, step, needed, Math.min(rest, reached), work)
    }
    reached += step.most
  }
  return ((sums[rest >>> 5]! >>> (rest & 31)) & 1) === 1
}

/** What is left when the required cards are charged their least, and what may come to it. */
function stepsOf(candidates: readonly Candidate[], amount: number): { steps: Step[]; rest: number } {
  const steps: Step[] = []
  let rest = amount
  for (const { required, curve } of candidates) {
    const least = curve.charges[0]!
    const most = curve.charges[curve.charges.length - 1]!
    if (required) rest -= least
    const step = required ? { least: 1, most: most - least } : { least, most }
    if (step.most > 0) steps.push(step)
  }
  // Small ones first: what they add up to lies in few words.
  return { steps: steps.sort((a, b) => a.most - b.most), rest }
}

/** Adds a step of fewer than 32 amounts to the sums: into each word come bits of at most three below it, so downwards. */
function* addNarrow(sums: Uint32Array, { least, most }: Step, from: number, to: number, work: Work): Pausable<void> {
  const words = least >>> 5
  const bits = least & 31
  const moved = (word: number) =>
    word < words
      ? 0
      : (sums[word - words]! << bits) | (bits && word > words ? sums[word - words - 1]! >>> (32 - bits) : 0)
  const length = most - least + 1
  const lowest = Math.max(from >>> 5, words)
  for (let end = to >>> 5; end >= lowest; end -= CHUNK) {
    const begin = Math.max(lowest, end - CHUNK + 1)
    for (let word = end; word >= begin; word--) {
      let here = moved(word)
      if (length > 1) {
        let below = word > 0 ? moved(word - 1) : 0
        for (let done = 1, more; done < length; done += more) {
          more = Math.min(done, length - done)
          here |= (here << more) | (below >>> (32 - more))
          below |= below << more
        }
      }
      if (here !== 0) sums[word]! |= here
    }
    if (work.add((end - begin) / WORDS_A_VERTEX)) yield
  }
}

/** Adds a step of 32 amounts or more to the sums: wider than any gap inside a word. */
function* addWide(sums: Uint32Array, { least, most }: Step, from: number, to: number, work: Work): Pausable<void> {
  const last = sums.length * 32 - 1
  let filledFrom = last + 1
  const lowest = from >>> 5
  for (let end = to >>> 5; end >= lowest; end -= CHUNK) {
    const begin = Math.max(lowest, end - CHUNK + 1)
    for (let word = end; word >= begin; word--) {
      const bits = sums[word]!
      if (bits === 0) continue
      const first = word * 32 + 31 - Math.clz32(bits & -bits) + least
      // What reaches further was filled from the words above.
      const end = Math.min(word * 32 + 31 - Math.clz32(bits) + most, filledFrom - 1)
      if (first <= end) fill(sums, first, end)
      filledFrom = Math.min(filledFrom, first)
    }
    if (work.add((end - begin) / WORDS_A_VERTEX)) yield
  }
}

function fill(sums: Uint32Array, from: number, to: number): void {
  const first = from >>> 5
  const last = to >>> 5
  const head = ALL << (from & 31)
  const tail = ALL >>> (31 - (to & 31))
  if (first === last) sums[first]! |= head & tail
  else {
    sums[first]! |= head
    sums.fill(ALL, first + 1, last)
    sums[last]! |= tail
  }
}

import { setImmediate } from 'node:timers/promises'
import type { Instance } from '../lib/vcard/optimizer/instance'
import { hardKinds, hardWallet } from '../lib/vcard/optimizer/hard-wallets.fixtures'
import type { MipSolver } from '../lib/vcard/optimizer/mip.fixtures'
import { solveWithHighs, startHighs } from '../lib/vcard/optimizer/mip.fixtures'
import { optimize } from '../lib/vcard/optimizer/optimize'
import { optimizeAside } from '../lib/vcard/optimizer/optimize-aside'
import { everydayWallet } from '../lib/vcard/optimizer/wallets.fixtures'

/** Wallet sizes, and how many wallets of each HiGHS is given too: it needs up to seconds for a large one. */
const SIZES = [
  { cards: 4, wallets: 300, compared: 60 },
  { cards: 10, wallets: 300, compared: 60 },
  { cards: 20, wallets: 300, compared: 30 },
  { cards: 50, wallets: 300, compared: 12 },
]
const HARD_SIZES = [10, 20, 50]
const HARD_AMOUNT = 300_000
/** The promise is 20 ms at any amount up to the largest. */
const HELD_AMOUNTS = [300_000, 90_000_000, 1_000_000_000]
/** Utilities that agree to a hundredth of a minor unit are the same: HiGHS stops at a gap of 0.0001. */
const SAME_UTILITY = 0.01
const FIRST_SEED = 1

/**
 * `npm run bench -- optimizer`: how long the optimizer takes on seeded wallets, warm and in this process, next to
 * HiGHS on the same wallets in the same run, and whether both found the same utility.
 *
 * @param args `--quick` for a tenth of the wallets
 */
export async function run(args: string[]): Promise<void> {
  const share = args.includes('--quick') ? 0.1 : 1
  const some = (count: number) => Math.max(3, Math.round(count * share))
  const highs = await startHighs()

  console.log('Everyday wallets (milliseconds)')
  console.log(
    row(['cards', 'wallets', 'median', 'p99', 'HiGHS on', 'median', 'p99', 'ratio of medians', 'same utility']),
  )
  for (const { cards, wallets, compared } of SIZES) {
    const instances = Array.from({ length: some(wallets) }, (_, k) => everydayWallet(cards, FIRST_SEED + k))
    compare(highs, instances, some(compared), [`${cards}`, `${instances.length}`])
  }

  console.log(`\nHard wallets of ${HARD_AMOUNT} minor units (milliseconds)`)
  console.log(row(['cards', 'wallets', 'median', 'p99', 'slowest kind']))
  for (const cards of HARD_SIZES) measureHard(cards, some(5))

  console.log('\nAs a server computes hard wallets of 50 cards (milliseconds)')
  console.log(row(['minor units', 'wallets', 'longest computation', 'longest hold of the event loop']))
  for (const amount of HELD_AMOUNTS) await measureHold(amount, some(3))
}

function compare(highs: MipSolver, instances: readonly Instance[], compared: number, labels: readonly string[]): void {
  warmUp(instances)
  const ours = instances.map(timed)
  const theirs = instances.slice(0, compared).map((instance) => solveWithHighs(highs, instance))
  const times = ours.map(({ milliseconds }) => milliseconds)
  const highsTimes = theirs.map(({ milliseconds }) => milliseconds)
  const different = theirs.filter(({ utility }, k) => !same(utility, ours[k]!.utility)).length
  const ratio = quantile(highsTimes, 0.5) / quantile(times.slice(0, compared), 0.5)
  console.log(
    row([
      ...labels,
      ...summary(times),
      `${compared}`,
      ...summary(highsTimes),
      `${Math.round(ratio)}x`,
      different === 0 ? 'all' : `${different} DIFFERENT`,
    ]),
  )
  if (different > 0) process.exitCode = 1
}

function measureHard(cards: number, each: number): void {
  const seeds = Array.from({ length: each }, (_, k) => FIRST_SEED + k)
  const kinds = hardKinds.map((kind) => {
    const instances = seeds.map((seed) => hardWallet(kind, cards, HARD_AMOUNT, seed))
    warmUp(instances.slice(0, 2))
    return { kind, times: instances.map((instance) => timed(instance).milliseconds) }
  })
  const all = kinds.flatMap(({ times }) => times)
  const slowest = kinds.reduce((a, b) => (Math.max(...a.times) >= Math.max(...b.times) ? a : b))
  console.log(
    row([`${cards}`, `${all.length}`, ...summary(all), `${slowest.kind} (${Math.max(...slowest.times).toFixed(1)})`]),
  )
}

/** The longest time in which a server that computes the hard wallets, one after the other, does nothing else. */
async function measureHold(amount: number, each: number): Promise<void> {
  const wallets = hardKinds.flatMap((kind) =>
    Array.from({ length: each }, (_, k) => hardWallet(kind, 50, amount, FIRST_SEED + k)),
  )
  let [longest, held] = [0, 0]
  for (const wallet of wallets) {
    const start = performance.now()
    let [turn, isDone] = [start, false]
    const answer = optimizeAside(wallet).finally(() => {
      isDone = true
    })
    const endTurn = () => {
      const now = performance.now()
      held = Math.max(held, now - turn)
      turn = now
    }
    endTurn()
    while (!isDone) {
      await setImmediate()
      endTurn()
    }
    await answer
    longest = Math.max(longest, performance.now() - start)
  }
  console.log(row([`${amount}`, `${wallets.length}`, longest.toFixed(0), held.toFixed(1)]))
}

function warmUp(instances: readonly Instance[]): void {
  for (const instance of instances) optimize(instance)
}

function timed(instance: Instance): { utility: number | null; milliseconds: number } {
  const start = performance.now()
  const { utility } = optimize(instance)
  return { utility, milliseconds: performance.now() - start }
}

function same(theirs: number | undefined, ours: number | null): boolean {
  if (theirs === undefined || ours === null) return theirs === undefined && ours === null
  return Math.abs(theirs - ours) <= SAME_UTILITY
}

function summary(times: readonly number[]): string[] {
  return [quantile(times, 0.5).toFixed(2), quantile(times, 0.99).toFixed(2)]
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(cell.length > 16 ? cell.length + 2 : 12)).join('')
}

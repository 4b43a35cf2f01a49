import { parseArgs } from 'node:util'
import { runRounds } from '../test/kill/random-rounds'
import { Complaint, runScript } from './complaint'
import { sayer } from './sayer'

const USAGE =
  'Usage: npm run test:kill -- [--rounds N] [--seed S], with N up to 100000 and S a whole number below 2^32.'

/** After so many rounds everything is left to settle and is reconciled: often enough to say near which round a fault lies. */
const SETTLE_EVERY = 10

/** Random kills of the gateway's processes while payments are under way; exit code 1 when anything does not agree afterwards. */
async function main(): Promise<number> {
  const { rounds, seed } = readArguments(process.argv.slice(2))
  const say = sayer()
  say(`${rounds} rounds, seed ${seed}`)
  const { payments, paid, declined, kills, slowestMs, faults } = await runRounds({
    ...{ rounds, seed, say },
    settleEvery: SETTLE_EVERY,
  })
  for (const fault of faults) console.error(`fault: ${fault}`)
  say(
    `${kills} kills, ${payments} payments asked for: ${paid} paid, ${declined} declined; settled within ${slowestMs} ms; ${faults.length} faults`,
  )
  if (faults.length > 0) say(`The same again: npm run test:kill -- --rounds ${rounds} --seed ${seed}`)
  return faults.length > 0 ? 1 : 0
}

function readArguments(args: readonly string[]): { rounds: number; seed: number } {
  const read = (() => {
    try {
      return parseArgs({ args: [...args], options: { rounds: { type: 'string' }, seed: { type: 'string' } } }).values
    } catch {
      throw new Complaint(USAGE)
    }
  })()
  const rounds = wholeNumber(read.rounds ?? '20', 100_000)
  const seed = wholeNumber(read.seed ?? String(Math.floor(Math.random() * 2 ** 32)), 2 ** 32 - 1)
  if (rounds === 0) throw new Complaint(USAGE)
  return { rounds, seed }
}

function wholeNumber(text: string, most: number): number {
  if (!/^[0-9]{1,10}$/.test(text) || Number(text) > most) throw new Complaint(USAGE)
  return Number(text)
}

await runScript(main)

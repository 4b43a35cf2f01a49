import { explain } from './complaint'
import { interruption } from './interruption'
import { walkJourneys } from './journeys'
import { sayer } from './sayer'

const say = sayer()
const stopped = interruption(say)
let code = 1
try {
  const alone = Boolean(process.env.ALONE)
  code = await walkJourneys({ args: process.argv.slice(2), alone, say, signal: stopped.signal })
} catch (error) {
  if (!stopped.signal.aborted) console.error(explain(error))
}
process.exit(stopped.exitCode() ?? code)

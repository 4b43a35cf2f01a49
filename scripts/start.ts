import { Complaint, explain } from './complaint'
import { chosenDataFolder } from './data-folder'
import { interruption } from './interruption'
import { readWithout } from './parts'
import type { PartName } from './parts'
import { readPorts } from './ports'
import { sayer } from './sayer'
import { startSystem } from './system'
import type { RunningSystem } from './system'

const say = sayer()
const stopped = interruption(say)
const dataFolder = chosenDataFolder()

try {
  const system = await startSystem({
    dataFolder,
    ports: readPorts(process.env),
    without: leftOut(),
    env: process.env,
    say,
    signal: stopped.signal,
  })
  console.log(summary(system))
  await stopped.wait()
  await system.stop()
  console.log('Stopped.')
} catch (error) {
  if (stopped.signal.aborted && !(error instanceof Complaint)) console.log('Stopped.')
  else console.error(explain(error))
  process.exitCode = 1
}
process.exit(stopped.exitCode() ?? process.exitCode ?? 0)

/** What is not to be started: simulators and shop never in production. */
function leftOut(): ReadonlySet<PartName> {
  const without = readWithout(process.argv.slice(2))
  return process.env.MOA_MODE === 'production' ? new Set([...without, 'outside-world', 'points', 'shop']) : without
}

function summary({ urls, logins }: RunningSystem): string {
  const without = leftOut()
  const places: [string, string, PartName][] = [
    ['Pages', urls.web, 'web'],
    ['Example shop', urls.shop, 'shop'],
    ['Outside world', urls.outsideWorld, 'outside-world'],
    ['API', `${urls.api}/api/v1`, 'api'],
  ]
  const second = logins.filter(({ atSecondShop }) => atSecondShop).map(({ email }) => email)
  const lines = places.filter(([, , part]) => !without.has(part)).map(([what, url]) => `  ${what.padEnd(16)}${url}`)
  const people = logins
    .filter(({ atSecondShop }) => !atSecondShop)
    .map(({ role, email, password }) => `  ${role.padEnd(16)}${email.padEnd(28)}${password}`)
  return [
    '',
    'Moa is ready.',
    ...(logins.length > 0 && !without.has('web') ? [`  ${'Start here'.padEnd(16)}${urls.web}/tour`] : []),
    ...lines,
    ...(without.has('shop') || second.length === 0
      ? []
      : [`  ${'Second shop'.padEnd(16)}${urls.secondShop}, with ${second.join(' and ')}`]),
    ...(people.length > 0 ? ['', 'Demo logins', ...people] : []),
    '',
    `Ctrl-C stops it. Its data stay in ${dataFolder}; npm run reset empties it.`,
  ].join('\n')
}

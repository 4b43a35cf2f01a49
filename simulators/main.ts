/** The outside-world process: starts, says in one line of JSON where everything is, and ends quickly when told to. */
import { SettingError, readSettings } from './settings'
import type { World } from './world'
import { startWorld } from './world'

/** Nothing here is worth waiting for longer: whatever was answered is in the journals already. */
const CLOSE_WITHIN_MS = 800

function sayWhatToDo(error: unknown): string {
  if (error instanceof SettingError) return error.message
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `port ${port} is taken: set OUTSIDE_WORLD_PORT, OUTSIDE_WORLD_SMTP_PORT, OUTSIDE_WORLD_SFTP_PORT, OUTSIDE_WORLD_ISSUER_PORTS or OUTSIDE_WORLD_TELCO_PORTS`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function endWith(world: World): void {
  setTimeout(() => process.exit(0), CLOSE_WITHIN_MS).unref()
  world.close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
}

try {
  const settings = readSettings(process.argv.slice(2), process.env)
  if (settings.exitWithStdin) {
    // Whichever way the parent dies, the other end of the pipe closes; before that there is nothing to close here.
    process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0))
    process.stdin.resume()
  }
  const world = await startWorld(settings)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => endWith(world))
  console.log(JSON.stringify(world.ready))
} catch (error) {
  console.error(`outside-world: ${sayWhatToDo(error)}`)
  process.exit(1)
}

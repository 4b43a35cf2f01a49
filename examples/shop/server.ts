/** The example shop as a process: starts, says in one line of JSON where it is, and ends at once when told to. */
import { readSecondShop, readSettings, UnusableSetting } from './settings'
import { startShop } from './shop'

function sayWhatToDo(error: unknown): string {
  if (error instanceof UnusableSetting) return error.message
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE') return `port ${port} is taken: set SHOP_PORT to another one.`
  return error instanceof Error ? error.message : String(error)
}

try {
  const [settings, second] = [readSettings(process.env), readSecondShop(process.env)]
  // The first one's port says that both are there.
  if (second) await startShop(second)
  const shop = await startShop(settings)
  // Orders are written down as they are placed, so there is nothing to wait for.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0))
  console.log(JSON.stringify({ ready: true, url: shop.url }))
} catch (error) {
  console.error(`shop: ${sayWhatToDo(error)}`)
  process.exit(1)
}

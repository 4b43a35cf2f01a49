/** Called once when the pages' server starts: the gateway is ready before the first shopper comes. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const { runningGateway } = await import('./app/_glue/gateway')
  // A start that fails is tried again, and told, by the first request.
  await runningGateway().catch(() => undefined)
}

/** What is under way when a process is told to end may take this long (PROMISES 9.1: 30 s). */
const DRAIN_MS = 28_000

/**
 * From now on SIGTERM and SIGINT end the process: what is under way is finished first. What is not by its time is left as it
 * is written down, and another process carries it on.
 */
export function endOnSignal(finish: () => Promise<void>, limitMs = DRAIN_MS): void {
  let isEnding = false
  const end = async () => {
    if (isEnding) return
    isEnding = true
    setTimeout(() => process.exit(1), limitMs).unref()
    await finish()
    process.exit(0)
  }
  process.on('SIGTERM', () => void end())
  process.on('SIGINT', () => void end())
}

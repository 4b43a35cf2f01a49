import { setTimeout as pause } from 'node:timers/promises'

const LOOK_EVERY_MS = 25

/** Looks again and again until something is so. Throws, saying what it waited for and what it saw last, when time is up. */
export async function waitFor(
  what: string,
  isSo: () => Promise<boolean>,
  { withinMs = 60_000, seen = () => '' }: { withinMs?: number; seen?: () => string } = {},
): Promise<void> {
  for (const until = Date.now() + withinMs; ;) {
    if (await isSo()) return
    if (Date.now() > until) throw new Error(`waited ${withinMs} ms in vain until ${what} ${seen()}`.trimEnd())
    await pause(LOOK_EVERY_MS)
  }
}

/**
 * Remembers names of signed messages that were accepted, so that none is accepted twice. A shop that runs in several
 * processes gives one that they share: a table with a unique column, or a key with an expiry.
 */
export interface SeenMessages {
  /**
   * True for the first caller only.
   * @param until from when on the message is refused for its age alone
   */
  isFirst(name: string, until: Date): boolean | Promise<boolean>
}

/** Remembers in this process's memory. */
export function rememberInMemory(now: () => Date): SeenMessages {
  const seen = new Map<string, number>()
  return {
    isFirst(name, until) {
      const time = now().getTime()
      for (const [old, end] of seen) if (end <= time) seen.delete(old)
      if (seen.has(name)) return false
      seen.set(name, until.getTime())
      return true
    },
  }
}

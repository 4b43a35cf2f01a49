/** Tells whoever watches that something has changed: at most so often, however much happens. */

const AT_MOST_EVERY_MS = 400

export class Changes {
  private readonly watchers = new Set<() => void>()
  private timer: NodeJS.Timeout | undefined

  /** Called on every change, thousands of times a second under load: does next to nothing. */
  readonly touch = (): void => {
    if (this.timer !== undefined || this.watchers.size === 0) return
    this.timer = setTimeout(() => {
      this.timer = undefined
      for (const watcher of this.watchers) watcher()
    }, AT_MOST_EVERY_MS)
    this.timer.unref()
  }

  /** Returns how to stop watching. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }
}

/**
 * Switches make the outside world misbehave: each names what it does, to which messages, and for how many of them. The
 * first switch that matches a message takes it.
 */

interface Rule {
  readonly id: number
  /** How many more matching messages it takes; absent until it is cleared. */
  times?: number | undefined
}

export class Switches<Wanted> {
  private list: (Rule & Wanted)[] = []
  private nextId = 1

  /** @param changed called whenever a switch is set, used up or cleared */
  constructor(private readonly changed: () => void) {}

  set(wanted: Wanted & { times?: number | undefined }): Rule & Wanted {
    const made = { ...wanted, id: this.nextId++ }
    this.list.push(made)
    this.changed()
    return made
  }

  /** The switch that takes a message, counted as used; undefined when none matches. */
  take(matches: (each: Wanted) => boolean): Wanted | undefined {
    if (this.list.length === 0) return undefined
    const found = this.list.find(matches)
    if (found?.times !== undefined && --found.times <= 0) this.clear(found.id)
    else if (found) this.changed()
    return found
  }

  /** Clears one switch, or all. */
  clear(id?: number): void {
    this.list = id === undefined ? [] : this.list.filter((each) => each.id !== id)
    this.changed()
  }

  all(): readonly (Rule & Wanted)[] {
    return this.list
  }
}

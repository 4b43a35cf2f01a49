import type { Curve } from './curve'
import { SAME } from './curve'

/**
 * Writes a curve from left to right. A pen keeps its paper for the next curve, which is much faster than arrays that
 * grow; so a module has one pen of its own, and never pauses with a curve half written.
 */
export class Pen {
  private x = new Float64Array(64)
  private y = new Float64Array(64)
  private joined = new Uint8Array(64)
  private length = 0

  get isEmpty(): boolean {
    return this.length === 0
  }

  /** Where the last vertex is, -Infinity when there is none. */
  get lastX(): number {
    return this.length === 0 ? -Infinity : this.x[this.length - 1]!
  }

  /** Adds a vertex; `joined` tells whether the function goes on from it. */
  push(x: number, y: number, joined: boolean): void {
    const { length } = this
    if (length === this.x.length) this.makeRoom()
    this.x[length] = x
    this.y[length] = y
    this.joined[length] = joined ? 1 : 0
    this.length = length + 1
  }

  /** Lets the function go on from the last vertex. */
  join(): void {
    this.joined[this.length - 1] = 1
  }

  /** Lets the function end at the last vertex. */
  leave(): void {
    this.joined[this.length - 1] = 0
  }

  /** Adds a vertex unless there is one at this place already; `joined` tells whether a line leads to it. */
  lineTo(x: number, y: number, joined: boolean): void {
    const { lastX } = this
    if (lastX === x) return
    if (joined || lastX === x - 1) this.join()
    this.push(x, y, false)
  }

  /** The same, but a vertex that lies on the line through its neighbours is left out again. */
  extend(x: number, y: number, joined: boolean): void {
    const last = this.length - 1
    const joins = last >= 0 && (joined || x === this.x[last]! + 1)
    if (joins && last > 0 && this.joined[last - 1]) {
      const startX = this.x[last - 1]!
      const startY = this.y[last - 1]!
      const onLine = startY + ((y - startY) * (this.x[last]! - startX)) / (x - startX)
      if (Math.abs(this.y[last]! - onLine) <= SAME) {
        this.x[last] = x
        this.y[last] = y
        return
      }
    }
    if (joins) this.join()
    this.push(x, y, false)
  }

  /** Adds all of a curve that begins right of the last vertex. */
  append({ x, y, joined }: Curve): void {
    if (this.length > 0 && this.lastX + 1 === x[0]) this.join()
    for (let k = 0; k < x.length; k++) this.push(x[k]!, y[k]!, joined[k] === 1)
  }

  /** What has been written; the pen begins anew. */
  done(): Curve {
    const { length } = this
    this.length = 0
    return { x: this.x.slice(0, length), y: this.y.slice(0, length), joined: this.joined.slice(0, length) }
  }

  private makeRoom(): void {
    const { x, y, joined } = this
    const room = 2 * x.length
    this.x = new Float64Array(room)
    this.y = new Float64Array(room)
    this.joined = new Uint8Array(room)
    this.x.set(x)
    this.y.set(y)
    this.joined.set(joined)
  }
}

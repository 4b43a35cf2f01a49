/** A request ready to be sent. */
export interface Outgoing {
  /** What its answer will be matched by. */
  readonly key: string
  /** The framed request. */
  readonly bytes: Buffer
}

/** One request and the wait for its answer. It settles once: with the answer, or with undefined for no answer. */
export class Exchange<Answer> implements Outgoing {
  readonly key: string
  readonly bytes: Buffer
  readonly answer: Promise<Answer | undefined>
  /** Called when the exchange settles; whoever holds it lets go of it here. */
  onSettled: ((answer: Answer | undefined) => void) | undefined
  private readonly timer: NodeJS.Timeout
  private resolve!: (answer: Answer | undefined) => void

  constructor({ key, bytes }: Outgoing, timeLimitMs: number) {
    this.key = key
    this.bytes = bytes
    this.answer = new Promise((resolve) => (this.resolve = resolve))
    this.timer = setTimeout(() => this.settle(undefined), timeLimitMs)
  }

  settle(answer: Answer | undefined): void {
    clearTimeout(this.timer)
    this.onSettled?.(answer)
    this.resolve(answer)
  }
}

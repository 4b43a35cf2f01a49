import { frame } from './framing'
import { encode } from './iso8583'
import type { Message } from './iso8583'

/** What an answer is matched by: its type, transmission time (DE7), STAN (DE11) and, where it has one, acquirer (DE32). */
export function answerKey({ mti, fields }: Message): string {
  return `${mti} ${fields[7] ?? ''} ${fields[11] ?? ''} ${mti.startsWith('08') ? '' : (fields[32] ?? '')}`
}

/** The type that answers a request: 0110 for 0100 and for its repeat 0101. */
function answerType(requestType: string): string {
  return `${requestType.slice(0, 2)}${Number(requestType[2]) + 1}0`
}

/** One request and the wait for its answer. It settles once: with the answer, or with undefined for no answer. */
export class Exchange {
  /** The key its answer will have. */
  readonly key: string
  /** The framed request. */
  readonly bytes: Buffer
  readonly answer: Promise<Message | undefined>
  /** Called when the exchange settles; whoever holds it lets go of it here. */
  onSettled: ((answer: Message | undefined) => void) | undefined
  private readonly timer: NodeJS.Timeout
  private resolve!: (answer: Message | undefined) => void

  /** @throws MalformedMessage if the request cannot be written as the profile has it */
  constructor(request: Message, timeLimitMs: number) {
    this.key = answerKey({ mti: answerType(request.mti), fields: request.fields })
    this.bytes = frame(encode(request))
    this.answer = new Promise((resolve) => (this.resolve = resolve))
    this.timer = setTimeout(() => this.settle(undefined), timeLimitMs)
  }

  settle(answer: Message | undefined): void {
    clearTimeout(this.timer)
    this.onSettled?.(answer)
    this.resolve(answer)
  }
}

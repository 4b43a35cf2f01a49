import { Worker } from 'node:worker_threads'
import type { Instance } from './instance'
import type { Result } from './result'

/** To the thread: an instance to compute. */
export interface Question {
  readonly number: number
  readonly instance: Instance
}

/** From the thread: what became of the question of that number. */
export type Reply = { readonly number: number } & ({ readonly result: Result } | { readonly error: unknown })

interface Asker {
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * A thread of its own for instances that take long. It begins with the first question and is kept; it does not keep the
 * process alive when nothing is asked. One that ends takes its open questions with it, and the next question begins another.
 */
export class OptimizerThread {
  private worker: Worker | undefined
  private readonly open = new Map<number, Asker>()
  private asked = 0

  /** @param file where the thread begins */
  constructor(private readonly file: string) {}

  /** @throws what the computation throws, or what ended the thread */
  optimize(instance: Instance): Promise<Result> {
    const worker = (this.worker ??= this.begin())
    const number = this.asked++
    return new Promise((resolve, reject) => {
      this.open.set(number, { resolve, reject })
      worker.ref()
      worker.postMessage({ number, instance } satisfies Question)
    })
  }

  private begin(): Worker {
    const worker = new Worker(this.file)
    let reason: unknown
    worker.on('message', (reply: Reply) => {
      const asker = this.open.get(reply.number)!
      this.open.delete(reply.number)
      if (this.open.size === 0) worker.unref()
      if ('result' in reply) asker.resolve(reply.result)
      else asker.reject(reply.error)
    })
    worker.on('error', (error) => {
      reason = error
    })
    worker.on('exit', (code) => {
      this.worker = undefined
      const askers = [...this.open.values()]
      this.open.clear()
      for (const { reject } of askers) reject(reason ?? new Error(`The optimizer's thread ended with ${code}.`))
    })
    return worker
  }
}

import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Verb } from './description'

/** Where a package is found, and what whoever runs the gateway has set for it. */
export interface PackageSource {
  /** The name of an installed package, or a path that begins with a dot or a slash. */
  readonly package: string
  readonly settings: Readonly<Record<string, unknown>>
}

const message = z.union([
  z.object({ described: z.unknown() }),
  z.object({ number: z.number(), answer: z.unknown().optional(), error: z.string().optional() }),
])

interface Asker {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

interface Running {
  readonly worker: Worker
  readonly described: Promise<unknown>
}

/**
 * A bundled server does not know where its sources were; every process of Moa is started in the project's folder. Written
 * so that a bundler does not follow it: what the thread imports is known only when it runs.
 */
const BEGINNING = ['lib', 'modules', 'packaged', 'thread.mjs']

/** A thread that begins reads its package first, which takes as long as the disk and the machine want. */
const BEGIN_MS = 10_000

/** After this a thread that says nothing at all is held by an endless loop: it is ended, and the next question begins another. */
const PONG_MS = 1_000

/** So many payments wait for a module only when it no longer answers; whoever comes beyond is not kept waiting for nothing. */
const MOST_OPEN = 1_000

/** A module that needs more memory than this for some legs of payments has lost it somewhere. */
const MOST_MEGABYTES = 256

/**
 * The thread in which somebody else's module runs. Whatever it does there, it can neither block nor end this process, and it
 * sees nothing of it but the questions.
 */
export class ModuleThread {
  private running: Running | undefined
  private readonly open = new Map<number, Asker>()
  private asked = 0
  private looking: Promise<void> | undefined

  constructor(
    private readonly source: PackageSource,
    private readonly limitMs: number,
  ) {}

  /** @throws Error when the package cannot be loaded */
  describe(): Promise<unknown> {
    return this.within(this.begun().described, BEGIN_MS)
  }

  /** @throws Error when the module throws, is not heard of in time or owes too many answers, or its thread ends */
  async ask(verb: Verb, args: readonly unknown[]): Promise<unknown> {
    const { worker, described } = this.begun()
    await this.within(described, BEGIN_MS)
    if (this.open.size >= MOST_OPEN) throw new Error('the module owes too many answers')
    try {
      return await this.put(worker, { verb, args })
    } catch (error) {
      // However many are late at once, it is asked once whether it still listens.
      if (error instanceof Late) this.looking ??= this.endIfDeaf(worker).finally(() => (this.looking = undefined))
      throw error
    }
  }

  async close(): Promise<void> {
    await this.running?.worker.terminate()
  }

  /** What is said after its time is over is heard by nobody, and nothing is kept for it. */
  private put(
    worker: Worker,
    question: { verb?: Verb; args?: readonly unknown[] },
    limitMs = this.limitMs,
  ): Promise<unknown> {
    const number = this.asked++
    const answer = new Promise((resolve, reject) => {
      this.open.set(number, { resolve, reject })
      worker.postMessage({ number, ...question })
    })
    return this.within(answer, limitMs).finally(() => this.open.delete(number))
  }

  private within<Answer>(answer: Promise<Answer>, limitMs: number): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Late()), limitMs)
    })
    return Promise.race([answer, late]).finally(() => clearTimeout(timer))
  }

  private async endIfDeaf(worker: Worker): Promise<void> {
    const listens = await this.put(worker, {}, PONG_MS).then(
      () => true,
      () => false,
    )
    if (!listens) await worker.terminate()
  }

  private begun(): Running {
    return (this.running ??= this.begin())
  }

  private begin(): Running {
    const { package: source, settings } = this.source
    const worker = new Worker(/* turbopackIgnore: true */ path.resolve(...BEGINNING), {
      workerData: { source, settings },
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    })
    worker.unref()
    const described = new Promise<unknown>((resolve, reject) => {
      let reason = new Error('the thread of the module ended')
      worker.on('message', (said: unknown) => {
        const read = message.safeParse(said)
        if (!read.success) return
        if ('described' in read.data) return resolve(read.data.described)
        this.answered(read.data)
      })
      worker.on('error', (error) => {
        reason = error
      })
      worker.on('exit', () => {
        this.running = undefined
        reject(reason)
        for (const asker of this.open.values()) asker.reject(reason)
        this.open.clear()
      })
    })
    described.catch(() => undefined)
    return { worker, described }
  }

  private answered({ number, answer, error }: { number: number; answer?: unknown; error?: string | undefined }): void {
    const asker = this.open.get(number)
    if (error === undefined) asker?.resolve(answer)
    else asker?.reject(new Error(error))
  }
}

class Late extends Error {
  override name = 'Late'
  constructor() {
    super('the module did not answer in time')
  }
}

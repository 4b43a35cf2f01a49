import { later } from '../clock'
import type { Gateway } from '../gateway'
import type { Job } from './job'
import { type Lease, noteRun, renewLease, takeLease } from './lease-store'

/** A runner that dies is followed by another after this long. */
const LEASE_MS = 30_000
/** A run may last longer than the lease: it is renewed meanwhile, and twice may fail. */
const RENEW_EVERY_MS = 10_000
/** A run does a bounded amount: one that lasts longer hangs, and keeps its job from the other runners no more. */
const LONGEST_RUN_MS = 15 * 60_000
/** Often enough for an operator to see that a job lives, seldom enough not to matter. */
const NOTE_EVERY_MS = 10_000

export interface Runner {
  /** Ends the loops after the runs that are under way. */
  stop(): Promise<void>
}

interface RunnerOptions {
  /** Set by tests only. */
  readonly renewEveryMs?: number
}

/**
 * Runs every job in a loop of its own, so that one that is slow or fails delays no other. A job that runs alone holds a
 * lease with a fencing token; the others claim their items one by one.
 */
export function startJobs(
  gateway: Gateway,
  jobs: readonly Job[],
  holder: string,
  { renewEveryMs = RENEW_EVERY_MS }: RunnerOptions = {},
): Runner {
  const stopping = new AbortController()
  const loops = jobs.map((job) => {
    const watched = traced(gateway, job)
    const runOnce =
      job.runners === 'alone' ? runAlone(gateway, watched, { holder, renewEveryMs }) : runShared(gateway, watched)
    return loop(gateway, job, runOnce, stopping.signal)
  })
  return {
    async stop() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

async function loop(gateway: Gateway, job: Job, runOnce: () => Promise<boolean>, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    let more = false
    try {
      more = await runOnce()
    } catch (error) {
      gateway.log.error({ event: 'job-failed', job: job.name, error: messageOf(error) })
    }
    if (!more) await pause(job.everyMs, stopping)
  }
}

/** Each run is a trace of its own, with what it asks of other systems as its parts. */
function traced({ operations: { tracing } }: Gateway, job: Job): Job {
  if (!tracing.on) return job
  const outcome = (more: unknown) => ({ 'moa.job.more': more === true })
  return {
    ...job,
    runOnce: (gateway) => tracing.span(`job ${job.name}`, { outcome }, () => job.runOnce(gateway)),
  }
}

/** Runs only while the lease can be had; how each run ended is noted under it. */
function runAlone(
  gateway: Gateway,
  job: Job,
  { holder, renewEveryMs }: { readonly holder: string; readonly renewEveryMs: number },
): () => Promise<boolean> {
  const { database, clock } = gateway
  return async () => {
    const now = clock.now()
    const lease = await takeLease(database.pool, job.name, holder, now, later(now, LEASE_MS))
    if (!lease) return false
    const stopRenewing = renewed(gateway, lease, renewEveryMs)
    try {
      return await noted(gateway, lease, job)
    } finally {
      stopRenewing()
    }
  }
}

/**
 * Keeps a lease while its run lasts; returns what ends that. A process that stood still for longer than the lease has lost it:
 * each job's deeds bear being done by two, and what leaves the house for a bank is guarded besides (lib/db/alone.ts).
 */
function renewed({ database, clock, log }: Gateway, lease: Lease, everyMs: number): () => void {
  const begun = performance.now()
  const renew = async () => {
    if (performance.now() - begun > LONGEST_RUN_MS) return clearInterval(timer)
    try {
      if (await renewLease(database.pool, lease, later(clock.now(), LEASE_MS))) return
      clearInterval(timer)
      log.warn({ event: 'job-lease-lost', job: lease.job })
    } catch (error) {
      // The next time may go better; until then nobody else can have it either while the database is away.
      log.warn({ event: 'job-lease-not-renewed', job: lease.job, error: messageOf(error) })
    }
  }
  const timer = setInterval(() => void renew(), everyMs).unref()
  return () => clearInterval(timer)
}

/** Runs whenever it likes, since each item is claimed by itself; how it goes is noted now and then. */
function runShared(gateway: Gateway, job: Job): () => Promise<boolean> {
  const { database, clock } = gateway
  let noteAt = 0
  return async () => {
    const now = clock.now()
    if (now.getTime() < noteAt) return job.runOnce(gateway)
    noteAt = now.getTime() + NOTE_EVERY_MS
    // Every process writes under the job's own name: the row tells operators that somebody runs it.
    const lease = await takeLease(database.pool, job.name, job.name, now, later(now, LEASE_MS))
    return lease ? noted(gateway, lease, job) : job.runOnce(gateway)
  }
}

async function noted(gateway: Gateway, lease: Lease, job: Job): Promise<boolean> {
  const { database, clock } = gateway
  try {
    const more = await job.runOnce(gateway)
    await noteRun(database.pool, lease, clock.now(), undefined)
    return more
  } catch (error) {
    await noteRun(database.pool, lease, clock.now(), messageOf(error))
    throw error
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function pause(milliseconds: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    stopping.addEventListener('abort', done)
    if (stopping.aborted) done()
  })
}

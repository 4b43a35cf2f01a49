import type { ModuleCode, PaymentModule } from '../payment-module'
import { moduleDescription, REQUIRED_VERBS } from './description'
import { ModuleThread, type PackageSource } from './module-thread'
import { createPackagedModule } from './packaged-module'

export interface LoadedPackages {
  readonly modules: readonly PaymentModule[]
  /** Packages that could not be taken in, with the reason for those who run the gateway. */
  readonly refused: readonly { readonly source: string; readonly why: string }[]
  close(): Promise<void>
}

interface Options {
  readonly report: (event: string, detail: Readonly<Record<string, unknown>>) => void
  /** Codes that are taken already. */
  readonly taken?: readonly ModuleCode[]
  /** How long a verb may take. */
  readonly limitMs?: number
}

/** Less than a payment gives a module, so that the thread is looked after before the payment gives up. */
const LIMIT_MS = 10_000

/**
 * Loads payment modules that others have written, each in a thread of its own (docs/modules.md). One that cannot be loaded
 * or describes itself wrongly is left out and reported: the gateway starts without it.
 */
export async function loadPackages(
  sources: readonly PackageSource[],
  { report, taken = [], limitMs = LIMIT_MS }: Options,
): Promise<LoadedPackages> {
  const threads: ModuleThread[] = []
  const codes = new Set(taken)
  const modules: PaymentModule[] = []
  const refused: { source: string; why: string }[] = []

  for (const source of sources) {
    const thread = new ModuleThread(source, limitMs)
    const read = await describe(thread)
    const why = 'why' in read ? read.why : codes.has(read.code) ? `its code "${read.code}" is taken` : undefined
    if (why !== undefined || 'why' in read) {
      refused.push({ source: source.package, why: why ?? '' })
      report('module-refused', { package: source.package, why })
      await thread.close()
      continue
    }
    codes.add(read.code)
    threads.push(thread)
    modules.push(createPackagedModule({ source: source.package, description: read, thread, report }))
  }
  return {
    modules,
    refused,
    close: async () => void (await Promise.all(threads.map((thread) => thread.close()))),
  }
}

async function describe(thread: ModuleThread) {
  try {
    const read = moduleDescription.safeParse(await thread.describe())
    if (!read.success) {
      const [issue] = read.error.issues
      return { why: `${issue?.path.join('.') || 'its description'}: ${issue?.message ?? 'is wrong'}` }
    }
    const missing = REQUIRED_VERBS.filter((verb) => !read.data.verbs.includes(verb))
    return missing.length > 0 ? { why: `verbs: ${missing.join(', ')} missing` } : read.data
  } catch (error) {
    return { why: error instanceof Error ? error.message : 'it could not be loaded' }
  }
}

import { readAmount, readList, readRecord, readText, UnreadableAnswer } from './read-answer'

/** What a means may carry of one payment, whole minor units. */
export interface AmountLimits {
  readonly minimum?: bigint
  readonly maximum?: bigint
}

/** What a payment by a means costs your shop: basis points of the amount, and whole minor units by currency. */
export interface ModuleFee {
  readonly bps: number
  readonly fixed: Readonly<Record<string, bigint>>
}

/** A way to pay, and whether your shop takes it. */
export interface Module {
  readonly module: string
  readonly timing: 'immediate' | 'deferred'
  /** available: not registered yet. */
  readonly state: 'available' | 'inactive' | 'active'
  /** What finishes even when it is deactivated. */
  readonly running: { readonly payments: number; readonly refunds: number }
  /** Absent while it is not registered. */
  readonly terms?: {
    readonly audience: 'everybody' | 'listed'
    /** Empty: all that your shop takes. */
    readonly currencies: readonly string[]
    readonly limits: Readonly<Record<string, AmountLimits>>
    readonly fee: ModuleFee
    readonly refundPolicy: 'allow' | 'forbid' | 'approval' | 'by-hand'
  }
}

export function readModule(value: unknown): Module {
  const { module, timing, state, running, terms } = readRecord(value)
  const { payments, refunds } = readRecord(running)
  return {
    module: readText(module),
    timing: readWord(timing, ['immediate', 'deferred']),
    state: readWord(state, ['available', 'inactive', 'active']),
    running: { payments: readCount(payments), refunds: readCount(refunds) },
    ...(terms === null ? {} : { terms: readTerms(terms) }),
  }
}

export function readModules(value: unknown): Module[] {
  return readList(readRecord(value)['modules'], readModule)
}

function readTerms(value: unknown): NonNullable<Module['terms']> {
  const { audience, currencies, limits, fee, refunds } = readRecord(value)
  return {
    audience: readWord(audience, ['everybody', 'listed']),
    currencies: readList(currencies, readText),
    limits: Object.fromEntries(Object.entries(readRecord(limits)).map(([name, each]) => [name, readLimits(each)])),
    fee: readFee(fee),
    refundPolicy: readWord(readRecord(refunds)['policy'], ['allow', 'forbid', 'approval', 'by-hand']),
  }
}

function readFee(value: unknown): ModuleFee {
  const { bps, fixed } = readRecord(value)
  const sums = Object.entries(readRecord(fixed)).map(([name, sum]) => [name, readAmount(sum)] as const)
  return { bps: readCount(bps), fixed: Object.fromEntries(sums) }
}

function readLimits(value: unknown): AmountLimits {
  const { minimum, maximum } = readRecord(value)
  return {
    ...(minimum === undefined ? {} : { minimum: readAmount(minimum) }),
    ...(maximum === undefined ? {} : { maximum: readAmount(maximum) }),
  }
}

function readWord<Word extends string>(value: unknown, words: readonly Word[]): Word {
  const found = words.find((word) => word === value)
  if (found === undefined) throw new UnreadableAnswer('a word that is not known')
  return found
}

function readCount(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw new UnreadableAnswer('not a count')
  return value
}

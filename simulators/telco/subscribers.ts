/** The subscribers of one customer management system, and what is said of their lines. */
import { createHash } from 'node:crypto'
import type { TelcoProfile } from './catalogue'
import { DEMO_LINES, type DemoLine, type Standing } from './demo-lines'
import type { LineChange } from './line-change'
import type { Reply, TelcoRequest } from './requests'
import { numberOf } from './requests'

/** A calling card is locked by this many wrong PINs in a row. */
const WRONG_PINS = 3

export interface Subscriber {
  readonly number: string
  readonly lineKind: DemoLine['lineKind']
  readonly role: string
  /** The same whatever happens to the number. */
  readonly reference: string
  name: string
  birthDate: string
  standing: Standing
  notify: string | undefined
  pin: string | undefined
  wrongPins: number
  overdue: bigint
  monthlyCap: bigint | undefined
  used: bigint
}

export class Subscribers {
  private readonly byNumber = new Map<string, Subscriber>()

  constructor(private readonly profile: TelcoProfile) {
    for (const line of DEMO_LINES) if (line.telco === profile.code) this.add(line)
  }

  all(): readonly Subscriber[] {
    return [...this.byNumber.values()]
  }

  find(number: string): Subscriber | undefined {
    return this.byNumber.get(number)
  }

  /** What is answered. A wrong PIN is counted, a right one ends the count. */
  answer(request: TelcoRequest): Reply {
    const line = this.byNumber.get(numberOf(request))
    if (!line) return { result: 'UNKNOWN_NUMBER' }
    if ('pin' in request) {
      if (line.wrongPins >= WRONG_PINS) return { result: 'PIN_LOCKED' }
      line.wrongPins = request.pin === line.pin ? 0 : line.wrongPins + 1
      if (line.wrongPins > 0) return { result: line.wrongPins >= WRONG_PINS ? 'PIN_LOCKED' : 'PIN_WRONG' }
    }
    if (request.op === 'authenticate' && request.subscriber) {
      const { nameHash, birthDate } = request.subscriber
      // Before anything else is said of the line: whoever cannot name its subscriber is a stranger to it.
      if (nameHash !== hashOf(line.name) || birthDate !== line.birthDate) return { result: 'SUBSCRIBER_MISMATCH' }
    }
    if (line.standing === 'terminated') return { result: 'TERMINATED' }
    if (line.standing === 'suspended') return { result: 'SUSPENDED' }
    if (line.standing === 'not-billable') return { result: 'NOT_BILLABLE' }
    if (line.standing === 'arrears') return { result: 'ARREARS', overdueAmount: String(line.overdue) }
    if (request.op === 'authenticate' && line.monthlyCap !== undefined) {
      if (line.used + BigInt(request.purchase.amount) > line.monthlyCap) return { result: 'CAP_EXCEEDED' }
    }
    return {
      result: 'OK',
      subscriberRef: line.reference,
      lineKind: line.lineKind,
      ...(line.notify !== undefined && { notify: line.notify }),
      ...(line.monthlyCap !== undefined && { monthlyCap: String(line.monthlyCap) }),
    }
  }

  /** Changes a line, or gives out a new one. @throws RangeError when the number is not of this system */
  change(change: LineChange): void {
    if (!this.profile.prefixes.some((prefix) => change.number.startsWith(prefix)))
      throw new RangeError('not a number of this system')
    const line = this.byNumber.get(change.number) ?? this.add(newLine(this.profile, change.number))
    line.standing = change.standing ?? line.standing
    line.name = change.name ?? line.name
    line.birthDate = change.birthDate ?? line.birthDate
    line.pin = change.pin ?? line.pin
    if (change.notify !== undefined) line.notify = change.notify ?? undefined
    if (change.overdue !== undefined) line.overdue = BigInt(change.overdue)
    if (change.monthlyCap !== undefined)
      line.monthlyCap = change.monthlyCap === null ? undefined : BigInt(change.monthlyCap)
    if (change.used !== undefined) line.used = BigInt(change.used)
    if (change.locked !== undefined) line.wrongPins = change.locked ? WRONG_PINS : 0
  }

  setWrongPins(number: string, count: number): void {
    const line = this.byNumber.get(number)
    if (line) line.wrongPins = count
  }

  private add(line: Omit<DemoLine, 'telco' | 'role'> & { readonly role: string }): Subscriber {
    const { number, lineKind, role, name, birthDate, standing, notify, pin, locked } = line
    const made: Subscriber = {
      ...{ number, lineKind, role, name, birthDate, standing, notify, pin },
      reference: `S${createHash('sha256').update(number).digest('hex').slice(0, 12).toUpperCase()}`,
      wrongPins: locked ? WRONG_PINS : 0,
      overdue: line.overdue ?? 0n,
      monthlyCap: line.monthlyCap,
      used: line.used ?? 0n,
    }
    this.byNumber.set(number, made)
    return made
  }
}

export const isLocked = (line: Subscriber): boolean => line.wrongPins >= WRONG_PINS

function newLine({ kind }: TelcoProfile, number: string) {
  const lineKind = kind === 'IN' ? ('IN' as const) : ('ISDN' as const)
  const pin = kind === 'IN' ? { pin: '0000' } : {}
  return {
    number,
    lineKind,
    role: 'new',
    name: '새 가입자',
    birthDate: '1990-01-01',
    standing: 'active' as const,
    ...pin,
  }
}

/** A name as the profile has it: NFC, without spaces, SHA-256 of its UTF-8. */
function hashOf(name: string): string {
  return `sha256:${createHash('sha256').update(name.normalize('NFC').replace(/\s+/gu, '')).digest('hex')}`
}

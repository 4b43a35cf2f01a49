/**
 * The lines and calling cards that the fictional operators have given out: one for every answer of the telco link. The
 * numbers are of ranges that nobody has been given.
 */
import type { TelcoCode } from './catalogue'

export type LineRole =
  | 'mobile'
  | 'roomy'
  | 'fixed'
  | 'fixed-notify'
  | 'isdn'
  | 'minor'
  | 'arrears'
  | 'suspended'
  | 'terminated'
  | 'not-billable'
  | 'capped'
  | 'benchmark'
  | 'card'
  | 'card-spoken'
  | 'card-arrears'
  | 'card-suspended'
  | 'card-locked'

export type Standing = 'active' | 'arrears' | 'suspended' | 'terminated' | 'not-billable'

export interface DemoLine {
  readonly telco: TelcoCode
  readonly role: LineRole
  /** E.164, or the digits of a calling card. */
  readonly number: string
  readonly lineKind: 'PSTN' | 'ISDN' | 'IN'
  /** The subscriber. */
  readonly name: string
  readonly birthDate: string
  readonly standing: Standing
  /** Where one-time codes go when not to the line. */
  readonly notify?: string
  /** Calling cards only. */
  readonly pin?: string
  readonly locked?: boolean
  /** Won */
  readonly overdue?: bigint
  readonly monthlyCap?: bigint
  /** What this month's bill has had from elsewhere; the cap counts it. */
  readonly used?: bigint
}

/** The shopper of the demonstration. */
const SHOPPER = { name: '한지우', birthDate: '1990-04-12' }

const lines: readonly Omit<DemoLine, 'telco' | 'lineKind'>[] = [
  { ...SHOPPER, role: 'mobile', number: '+821000001001', standing: 'active', monthlyCap: 500_000n },
  { ...SHOPPER, role: 'roomy', number: '+821000001002', standing: 'active', monthlyCap: 100_000_000n },
  { ...SHOPPER, role: 'fixed', number: '+82420001003', standing: 'active', monthlyCap: 300_000n },
  {
    ...SHOPPER,
    ...{ role: 'fixed-notify', number: '+82420001004', standing: 'active', monthlyCap: 300_000n },
    notify: '+821000001001',
  },
  { role: 'isdn', number: '+82420001005', name: '김하늘', birthDate: '1984-11-02', standing: 'active' },
  { role: 'minor', number: '+821000001006', name: '이도윤', birthDate: '2013-06-21', standing: 'active' },
  {
    ...{ role: 'arrears', number: '+821000001007', name: '박서연', birthDate: '1979-01-31', standing: 'arrears' },
    overdue: 83_400n,
  },
  { role: 'suspended', number: '+821000001008', name: '최은우', birthDate: '1988-08-08', standing: 'suspended' },
  { role: 'terminated', number: '+821000001009', name: '정다은', birthDate: '1971-03-15', standing: 'terminated' },
  { role: 'not-billable', number: '+821000001010', name: '오세훈', birthDate: '1995-12-24', standing: 'not-billable' },
  {
    ...{ role: 'capped', number: '+821000001011', name: '윤가람', birthDate: '1993-07-07', standing: 'active' },
    ...{ monthlyCap: 50_000n, used: 30_000n },
  },
  { role: 'benchmark', number: '+821000001012', name: '남시험', birthDate: '1980-01-31', standing: 'active' },
]

const cards: readonly Omit<DemoLine, 'telco' | 'lineKind'>[] = [
  {
    ...SHOPPER,
    ...{ role: 'card', number: '700000001013', standing: 'active', monthlyCap: 200_000n },
    ...{ pin: '4821', notify: '+821000001001' },
  },
  {
    ...{ role: 'card-spoken', number: '700000001014', name: '김하늘', birthDate: '1984-11-02', standing: 'active' },
    ...{ pin: '5930', notify: '+82420001005' },
  },
  {
    ...{ role: 'card-arrears', number: '700000001015', name: '박서연', birthDate: '1979-01-31', standing: 'arrears' },
    ...{ pin: '1357', overdue: 12_000n, notify: '+821000001007' },
  },
  {
    ...{
      role: 'card-suspended',
      number: '700000001016',
      name: '최은우',
      birthDate: '1988-08-08',
      standing: 'suspended',
    },
    ...{ pin: '2468', notify: '+821000001008' },
  },
  {
    ...{ role: 'card-locked', number: '700000001017', name: '정다은', birthDate: '1971-03-15', standing: 'active' },
    ...{ pin: '8642', locked: true, notify: '+821000001009' },
  },
]

/** Mobile and ISDN lines are digital; a fixed line that nothing else is said of is PSTN. */
const kindOf = (role: LineRole): DemoLine['lineKind'] => (role.startsWith('fixed') ? 'PSTN' : 'ISDN')

export const DEMO_LINES: readonly DemoLine[] = [
  ...lines.map((each) => ({ ...each, telco: 'baram' as const, lineKind: kindOf(each.role) })),
  ...cards.map((each) => ({ ...each, telco: 'nuri' as const, lineKind: 'IN' as const })),
]

/** The line or calling card that plays a role. */
export function demoLine(role: LineRole = 'mobile'): DemoLine {
  const found = DEMO_LINES.find((each) => each.role === role)
  if (!found) throw new Error(`no ${role} line`)
  return found
}

/** A well-formed number that nobody has: the answer is UNKNOWN_NUMBER. */
export const UNKNOWN_LINE = '+821000009999'
export const UNKNOWN_CALLING_CARD = '700000009999'

import type { TermsFault } from '@/lib/settlement/terms'

/** At which field of the form a fault of terms stands. */
export const FIELD_OF: Readonly<Record<TermsFault, string>> = {
  ...{ schedule: 'day', zone: 'zone', delay: 'delayDays', minimum: 'minimum', reserve: 'reserve', fee: 'fee' },
}

const WRONG: Readonly<Record<string, TermsFault>> = {
  ...{
    day: 'schedule',
    zone: 'zone',
    delayDays: 'delay',
    minimum: 'minimum',
    reserve: 'reserve',
    reserveDays: 'reserve',
  },
  ...{ feeFixed: 'fee', fee: 'fee', vat: 'fee' },
}

/** What is said of a field that cannot be read. */
export const wrongOf = (name: string): TermsFault | 'terms' => WRONG[name] ?? 'terms'

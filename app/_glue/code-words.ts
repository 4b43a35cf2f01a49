import { getTranslations } from 'next-intl/server'

type Table =
  | 'topic'
  | ('bank' | 'payout' | 'centre' | 'process' | 'refusal' | 'delivery' | 'delivery.why' | 'delivery.status')
  | ('evidence.type' | 'evidence.outcome' | 'evidence.why')

type Words = (table: Table, code: string) => string | undefined

/** What the codes of other systems and of programs mean to people; undefined for one that nobody has put into words. */
export async function codeWords(): Promise<Words> {
  const t = await getTranslations('codes')
  return (table, code) => {
    // Texts are found by a path of points, so a code's own points are hyphens there.
    const place = `${table}.${code.replaceAll('.', '-')}` as never
    return /^[\w.-]+$/.test(code) && t.has(place) ? t(place) : undefined
  }
}

/** Why a bank refused something or took it back, by its code (ISO 20022); one that is in no table is a refusal like any other. */
export const bankReason = (words: Words, code: string): string => words('bank', code) ?? words('bank', 'other') ?? code

/** What a billing centre means by its reason, which begins with a code: `SEQUENCE 3 after 1`. */
export const centreReason = (words: Words, reason: string): string =>
  words('centre', reason.split(' ', 1)[0] ?? '') ?? words('centre', 'other') ?? reason

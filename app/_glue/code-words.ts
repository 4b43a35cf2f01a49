import { getTranslations } from 'next-intl/server'

type Table =
  | ('bank' | 'centre' | 'process' | 'delivery' | 'delivery.why' | 'delivery.status')
  | ('evidence.type' | 'evidence.outcome' | 'evidence.why')

/** What the codes of other systems and of programs mean to people; undefined for one that nobody has put into words. */
export async function codeWords(): Promise<(table: Table, code: string) => string | undefined> {
  const t = await getTranslations('codes')
  return (table, code) => {
    // Texts are found by a path of points, so a code's own points are hyphens there.
    const place = `${table}.${code.replaceAll('.', '-')}` as never
    return /^[\w.-]+$/.test(code) && t.has(place) ? t(place) : undefined
  }
}
